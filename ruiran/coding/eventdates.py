"""When an act happened: the days its own clause names, else the report's, else what the article leaves."""
from datetime import date, timedelta

from ..reading.language import dateline_end
from ..spans import within

# How an act may hang on a verb whose date is also its own.
CARRIED = ("dobj", "pobj", "nsubj", "nsubjpass", "xcomp", "attr", "acl", "pcomp", "conj", "ccomp")
OPENING = ("since", "until", "till", "by")  # words that open a date on one side though they stand in it
GROUNDS = ("for", "of", "over", "about", "against", "despite")  # what stands behind them has its own time
NEWS = ("weekday", "day", "day_open", "day_word", "day_before")  # kinds of date that name the day of the news
AS_NEWS = ("CONSULT", "SANCTION", "CONCEDE")  # acts that are news on the day they are announced
BACK = ("after", "since", "before", "when")  # words of clauses that tell of an earlier time
SPEECH = ("ACCUSE", "REJECT", "REQUEST", "THREATEN", "AGREE", "PROTEST", "SUPPORT")


class EventDates:
    """Dates the events of one article; `when` is the first and last day on which it may have been written."""

    def __init__(self, mentions, when, body=0):
        self.dates = [m for m in mentions if m["kind"] == "date"]
        self.last = when[1]
        self.first = when[0]
        self.told_before = (None, "", "")  # paragraph and time of the last act that has a date of its own
        self.news_day = self.of_lead(body)  # the day of the report: the first weekday or today

    def of_lead(self, body):
        """The first weekday or today from the offset `body` on, where it lies in the week before the article; else
        None."""
        named = [m for m in self.dates if m["code"] in NEWS and m["start"] >= body]
        first = named[0] if named else None
        if first is None or not (self.first and self.last and first["date_from"]):
            return None
        return first if str(self.first - timedelta(days=8)) <= first["date_from"] <= str(self.last) else None

    def of(self, act, event, source, scene, status, book):
        """(date_from, date_to, edtf, basis) of an act, days as ISO text, '' where open."""
        own, reports = self.beside(act, scene, book)
        if reports and not self.news_day and reports[0]["code"] in NEWS:
            self.news_day = reports[0]
        speech = event in SPEECH and act.row.kind != "deal"
        if reports and act.roles.get("told"):  # 'told Tehran that it was cancelling': the words are the act
            return ends(reports[0]["date_from"], reports[0]["date_to"], "report")
        if own:
            return self.bounded(own, scene)
        if reports:
            return self.reported(reports[0], event, source, scene, act, status, speech)
        if (then := self.background(scene, act)) and status in ("actual", "claimed"):
            return ends(*then, "paragraph")
        return self.of_article(act, event, status, speech, book)

    def background(self, scene, act):
        """(first, last) of the time that the sentence before tells of, for a simple past that goes on with it: 'In
        April 2015 Putin lifted the ban. Israel protested.' None where that is the time of the news."""
        start, first, last = self.told_before
        if start != scene.p.start or act.token.tag_ != "VBD" or any(c.lemma_ == "have" for c in act.token.children):
            return None
        return (first, last) if last and self.first and last < str(self.first - timedelta(days=31)) else None

    def remember(self, scene, first, last, basis):
        """Keeps the time of a dated act for the sentences behind it."""
        if basis in ("sentence", "report") and first and last:
            self.told_before = (scene.p.start, first, last)

    def reported(self, report, event, source, scene, act, status, speech):
        """An act dated by its report: what the speaker says or decrees is of that day, the rest before or after it."""
        speaker = scene.country_of(scene.speaker_at(act.token))
        performed = event in ("SANCTION", "CONCEDE") and set(speaker) & set(source)
        if speech or performed or status in ("planned", "conditional") and event != "COOPERATE":
            return ends(report["date_from"], report["date_to"], "report")
        if status in ("planned", "conditional"):
            return ends(report["date_from"], "", "report")
        return ends("", report["date_to"], "report")

    def of_article(self, act, event, status, speech, book):
        """Without a date of its own: a past speech act on the day of the news, else any day up to the article's."""
        last = str(self.last or "")
        ahead = status in ("planned", "conditional")
        if ahead and event == "COOPERATE":
            return ends(last, "", "article")
        news = speech or ahead or event in AS_NEWS and status == "actual"
        if news and self.news_day and self.told_as_news(act, book):
            return ends(self.news_day["date_from"], self.news_day["date_to"], "news day")
        if not last and (speech or event in ("CONSULT", "CONCEDE") or status != "actual"):
            return ends(str(self.first or ""), "", "article")
        return ends("", last, "article")

    def told_as_news(self, act, book):
        """The act, or the verb of speech that reports it, stands in the simple past."""
        if act.outer is not None:
            return False  # what a reproach or an answer presupposes was before it
        above = [act.token, *act.token.ancestors]
        if any(a.dep_ in ("relcl", "advcl") and any(c.lower_ in BACK for c in a.children) for a in above):
            return False  # 'five months after Moscow promised'
        verbs = [a for a in above if a.pos_ in ("VERB", "AUX") and (a == act.token or a.lemma_ == "be"
                 or a.lemma_.lower() in book.words("speech"))]
        sure = self.news_day["date_from"] == self.news_day["date_to"]  # then 'insists' is of that day too
        told = [v for v in verbs if v.tag_ == "VBD" or sure and v.tag_ in ("VBZ", "VBP") and v != act.token]
        perfect = any(c.lemma_ == "have" for v in verbs for c in v.children if c.dep_ == "aux")
        return bool(told) and not perfect

    def beside(self, act, scene, book):
        """(dates of the act's own clause, dates of the verbs that report it)."""
        own, reports = [], []
        for token, m in self.in_sentence(act.token.sent, scene, book):
            owner = owner_of(token, book)
            if owner is not None and owner != act.token and is_report(owner, act.token, book):
                reports.append(m)
            elif (fronted(token, act.token) or belongs(token, owner, act.token)) and not of_object(token, act, book):
                own.append(m)
        return own, reports

    def in_sentence(self, sentence, scene, book):
        """(token, mention) of each date in a sentence, but those of a dateline and those open on both sides."""
        printed = dateline_end(scene.p.text, book.rows("datelines"))
        first = scene.p.start + max(printed, sentence.start_char)
        for m in within(self.dates, first, scene.p.start + sentence.end_char):
            start = m["start"] - scene.p.start
            if m["date_from"] or m["date_to"]:
                yield from ((t, m) for t in sentence if t.idx <= start < t.idx + len(t))

    def bounded(self, own, scene):
        """The date with the word before it: since, until, before, after, by open it on one side."""
        m = min(own, key=lambda d: (not d["date_from"], d["end"] - d["start"] < 4))
        start = m["start"] - scene.p.start
        before = scene.p.text[max(start - 14, 0):start].lower().split()
        own_word = m["text"].lower().split()[0]  # 'by the end of the year'
        word = own_word if own_word in OPENING or not before else before[-1]
        first, last = m["date_from"], m["date_to"]
        if word in ("since", "from") and m["code"] != "day_range":
            return ends(first, str(self.last or ""), "sentence")
        if word in ("before", "until", "till", "by"):
            return ends("", shift(first if word == "before" else last, -1 if word == "before" else 0), "sentence")
        if word == "after":
            return ends(first, str(self.last or ""), "sentence")
        return first, last, m["edtf"], "sentence"


def shift(day, by):
    """An ISO day some days later, '' for none."""
    return str(date.fromisoformat(day) + timedelta(days=by)) if day else ""


def ends(first, last, basis):
    """(first, last, EDTF, basis) of two ends, '' where open."""
    first, last = first or "", last or ""
    edtf = "" if not (first or last) else first if first == last else f"{first or '..'}/{last or '..'}"
    return first, last, edtf, basis


def fronted(token, act):
    """'In March, receiving ..., he said': a date in front of the main clause holds for all of it."""
    top = token
    while top.head != top and top.head.dep_ != "ROOT":
        top = top.head
    return top.dep_ == "prep" and top.i <= top.sent.start + 1 and token.i < act.i and top.head.i > top.i


def of_object(token, act, book):
    """True where the date is that of what the act ends, bans or agrees to ('tore up an arrangement of 1995'), or of the
    accord under which it is done: 'ships them under an accord of 2001'."""
    nouns = book.words("dated_nouns") | book.words("theme_accord")
    below = [a for a in token.ancestors if act.token.is_ancestor(a)]
    if act.row.kind in ("quit", "ban", "lift", "agree"):
        return any(a.lemma_.lower() in nouns for a in below)
    return act.row.kind != "deal" and any(a.lower_ == "of" and a.head.lemma_.lower() in nouns for a in below)


def owner_of(token, book):
    """The verb or act noun that a date hangs on, or None."""
    for above in token.ancestors:
        if above.pos_ in ("VERB", "AUX") or above.lemma_.lower() in book.words("dated_nouns"):
            return above
    return None


def is_report(owner, token, book):
    """True where the date hangs on a verb of speech that stands above the act."""
    if owner.pos_ != "VERB" or owner.lemma_.lower() not in book.words("speech"):
        return False
    beside = owner.dep_ == "ccomp" and owner.i < token.i and owner.head.is_ancestor(token)  # 'a daily said on Tuesday
    return owner.is_ancestor(token) or beside                              # that ..., dpa reported'


def elsewhere(verb, act):
    """True for a clause below an act that has its own time: 'banned what was sold in 2005', 'has received the system,
    and in August it deployed'."""
    own = verb.dep_ == "conj" and any(c.dep_ == "nsubj" for c in verb.children)
    told_of = verb.dep_ == "acl" and verb.tag_ == "VBN" and act.pos_ == "VERB"
    return own or told_of or verb.dep_ in ("relcl", "ccomp", "parataxis")


def belongs(token, owner, act):
    """True where the date stands in the act's clause: below it, or on the verb that carries it."""
    if act.is_ancestor(token):
        return not any(act.is_ancestor(a) and elsewhere(a, act) for a in token.ancestors)
    if owner is None:
        return False
    verbs = [a for a in act.ancestors if a.pos_ in ("VERB", "AUX")]
    if act.dep_ == "pcomp" and act.head.lower_ in GROUNDS:  # 'in January it penalised the firm for selling'
        return owner == act
    carriers = [act.head, *(verbs if act.dep_ in CARRIED else ())]
    return owner == act or owner in verbs[:1] or owner in carriers and owner.dep_ != "ROOT"
