"""When an act happened: the days its own clause names, else the report's, else what the article leaves."""
from dataclasses import dataclass
from datetime import date, timedelta

from ..reading.grammar import VERBAL
from ..reading.language import dateline_end
from ..records import edtf_of
from ..spans import within

# How an act may hang on a verb whose date is also its own.
CARRIED = ("dobj", "pobj", "nsubj", "nsubjpass", "xcomp", "attr", "acl", "pcomp", "conj", "ccomp")
OPENING = ("since", "until", "till", "by")  # words that open a date on one side though they stand in it
GROUNDS = ("for", "of", "over", "about", "against", "despite")  # what stands behind them has its own time
NEWS = ("weekday", "day", "day_open", "day_word", "day_before")  # kinds of date that name the day of the news
AS_NEWS = ("CONSULT", "SANCTION", "CONCEDE")  # acts that are news on the day they are announced
SPEECH = ("ACCUSE", "REJECT", "REQUEST", "THREATEN", "AGREE", "PROTEST", "SUPPORT")
AHEAD = ("planned", "conditional")


@dataclass(frozen=True)
class When:
    """First and last day of an act as ISO text, '' where open, how they were found, and the mention that names them."""

    first: str = ""
    last: str = ""
    basis: str = ""
    mention: object = None

    @property
    def edtf(self):
        """The interval as EDTF; what a mention names, in its own precision."""
        if self.mention and (self.first, self.last) == (self.mention.date_from, self.mention.date_to):
            return self.mention.edtf
        return edtf_of(self.first, self.last)


class Calendar:
    """The dates of one article: `first` and `last` are the days between which it was written (None where open),
    `news` is the mention of the day of the report, the first weekday or today from the offset `body` on, where it lies
    in the week before the article; else None."""

    def __init__(self, book, mentions, when, body=0):
        self.book, (self.first, self.last) = book, when
        self.dates = [m for m in mentions if m.kind == "date" and (m.date_from or m.date_to)]
        named = next((m for m in self.dates if m.code in NEWS and m.start >= body), None)
        recent = named and self.first and self.last and named.date_from
        week = str(self.first - timedelta(days=8)) if self.first else ""
        self.news = named if recent and week <= named.date_from <= str(self.last) else None

    def of(self, act, above, event, scene, status, source, before):
        """The When of an act; `before` is the event told last in its paragraph, or None."""
        own, reports = self.beside(act, scene)
        speech = event in SPEECH and act.row.kind != "deal"
        if reports and act.roles.get("told"):  # 'told Tehran that it was cancelling': the words are the act
            return named("report", reports[0])
        if own:
            return self.bounded(own, scene)
        if reports:
            return self.reported(reports[0], event, scene, act, status, speech, source)
        past = act.token.tag_ == "VBD" and before and before.date_to and self.first
        if past and status not in AHEAD and before.date_to < str(self.first - timedelta(days=31)):
            return When(before.date_from, before.date_to, "paragraph")  # 'In April 2015 Putin lifted it. Israel ...'
        return self.of_article(act, above, event, status, speech)

    def historical(self, last):
        """PLOVER's `historical` for an act that ended more than a year before the article was written, else ''."""
        if not (last and self.first):
            return ""
        year_before = self.first.replace(year=self.first.year - 1, day=min(self.first.day, 28))
        return "historical" if last < str(year_before) else ""

    def reported(self, report, event, scene, act, status, speech, source):
        """An act dated by its report: what the speaker says or decrees is of that day, the rest before or after it."""
        speaker = scene.country_of(scene.speaker_at(act.token))
        performed = event in ("SANCTION", "CONCEDE") and set(speaker) & set(source)
        if speech or performed or status in AHEAD and event != "COOPERATE":
            return named("report", report)
        if status in AHEAD:
            return When(report.date_from, "", "report", report)
        return When("", report.date_to, "report", report)

    def of_article(self, act, above, event, status, speech):
        """Without a date of its own: a past speech act on the day of the news, else any day up to the article's."""
        last, ahead = str(self.last or ""), status in AHEAD
        if ahead and event == "COOPERATE":
            return When(last, "", "article")
        news = speech or ahead or event in AS_NEWS and status == "actual"
        if news and self.news and not above and self.told_as_news(act):
            return named("news day", self.news)
        if not last and (speech or event in ("CONSULT", "CONCEDE") or status != "actual"):
            return When(str(self.first or ""), "", "article")
        return When("", last, "article")

    def told_as_news(self, act):
        """True where the act, or the verb of speech that reports it, stands in the simple past."""
        telling = {"be"} | self.book.words("speech")
        verbs = [a for a in (act.token, *act.token.ancestors)
                 if a.pos_ in VERBAL and (a == act.token or a.lemma_.lower() in telling)]
        perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for v in verbs for c in v.children)
        return any(v.tag_ == "VBD" for v in verbs) and not perfect

    # ------------------------------------------------ which dates belong to the act
    def beside(self, act, scene):
        """([date of the act's own clause, the word that makes it another clause's, whether it stands in front of all],
        dates of the verbs that report it)."""
        own, reports = [], []
        for token, m in self.in_sentence(act.token.sent, scene):
            owner = next((a for a in token.ancestors if a.pos_ in VERBAL or a.lemma_.lower() in self.book.words(
                "dated_nouns")), None)
            if owner not in (None, act.token) and self.is_report(owner, act.token):
                reports.append(m)
            elif (fronted(token, act.token) or belongs(token, owner, act.token)) and not self.of_accord(token):
                own.append((m, clause_of(token, act.token), not belongs(token, owner, act.token)))
        return own, reports

    def in_sentence(self, sentence, scene):
        """(token, mention) of each date in a sentence, but those of a dateline."""
        printed = dateline_end(scene.p.text, self.book.rows("datelines"))
        first = scene.p.start + max(printed, sentence.start_char)
        for m in within(self.dates, first, scene.p.start + sentence.end_char):
            yield from ((t, m) for t in sentence if t.idx <= m.start - scene.p.start < t.idx + len(t))

    def is_report(self, owner, token):
        """True where the date hangs on a verb of speech that stands above the act."""
        if owner.pos_ != "VERB" or owner.lemma_.lower() not in self.book.words("speech"):
            return False
        return owner.is_ancestor(token)

    def of_accord(self, token):
        """True for the date of an accord that is ended or under which something is done: 'tore up a 1995 deal', 'ships
        them under an accord of 2001'."""
        accords = self.book.words("theme_accord")
        own = token.dep_ in ("nummod", "compound", "amod", "nmod") and token.head.lemma_.lower() in accords
        return own or any(a.lower_ == "of" and a.head.lemma_.lower() in accords for a in token.ancestors)

    def bounded(self, own, scene):
        """The date with the word before it: since, until, before, after, by open it on one side."""
        m, clause, _ = min(own, key=lambda d: (d[1] != "", d[2], not d[0].date_from, d[0].end - d[0].start < 4))
        start, inner = m.start - scene.p.start, m.text.lower().split()[0]  # 'by the end of the year'
        before = scene.p.text[max(start - 14, 0):start].lower().split()
        word = clause or (inner if inner in OPENING or not before else before[-1])
        if word in ("since", "from", "after") and m.code != "day_range":
            return When(m.date_from, str(self.last or ""), "sentence", m)
        if word == "before":
            return When("", shifted(m.date_from, -1), "sentence", m)
        return When("" if word in OPENING else m.date_from, m.date_to, "sentence", m)


def named(basis, m):
    """The When of a mention's own days."""
    return When(m.date_from, m.date_to, basis, m)


def shifted(day, by):
    """An ISO day some days later, '' for none."""
    return str(date.fromisoformat(day) + timedelta(days=by)) if day else ""


def fronted(token, act):
    """'In March, receiving ..., he said': a date in front of the main clause holds for all of it."""
    top = token
    while top.head.dep_ != "ROOT" and top.head != top:
        top = top.head
    return top.dep_ == "prep" and top.i <= top.sent.start + 1 and token.i < act.i


def clause_of(token, act):
    """'after' or 'before' where the date is that of another act, before or after this one: 'shipped it three months
    after signing the contract in December'; '' for a date of the act's own."""
    for a in token.ancestors:
        if a == act:
            return ""
        words = [a] if a.dep_ == "prep" and any(c.dep_ == "pcomp" for c in a.children) else [
            c for c in a.children if c.dep_ == "mark" and a.dep_ == "advcl"]
        if found := next((w.lower_ for w in words if w.lower_ in ("after", "before")), ""):
            return found
    return ""


def elsewhere(verb):
    """True for a clause below an act that has its own time: 'banned what was sold in 2005'."""
    return verb.dep_ in ("relcl", "ccomp", "parataxis")


def belongs(token, owner, act):
    """True where the date stands in the act's clause: below it, or on the verb that carries it."""
    if act.is_ancestor(token):
        return not any(act.is_ancestor(a) and elsewhere(a) for a in token.ancestors)
    verbs = [a for a in act.ancestors if a.pos_ in VERBAL]
    if owner is None or act.dep_ == "pcomp" and act.head.lower_ in GROUNDS:  # 'penalised it in January for selling'
        return False
    carriers = [act.head, *(verbs if act.dep_ in CARRIED else ())]
    return owner in verbs[:1] or owner in carriers and owner.dep_ != "ROOT"
