"""Pages, PDFs, Markdown, tables, exports of press databases: what is text, title, day and outlet, what is refused."""
import json

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ruiran
from ruiran import codebook, pipeline
from ruiran.__main__ import main
from ruiran.reading import corpus, fields, pages, pdf
from ruiran.reading.encodings import Unreadable

TITLE = "Russia ships missiles to Iran"
LEAD = ("Russia has delivered the last of the Tor-M1 air defence missiles that Iran ordered in 2005, the defence "
        "minister, Sergei Ivanov, said in Moscow.")
NEXT = "Iran denied that it had asked Russia for S-300 missiles as well, and called the deal lawful and defensive."
LAST = "The United States has criticised Russia for the delivery of the missiles, which it says threatens the region."
BODY = (LEAD, NEXT, LAST)
OTHER = "Iran buys S-400 missiles from Russia next week, says our cook"
HTML = f"""<!DOCTYPE html><html><head><title>{TITLE} | The Northern Wire</title>
<meta property="og:site_name" content="The Northern Wire"><meta property="og:title" content="{TITLE}">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2007-01-16T10:00:00Z"}}</script>
<script>document.write("Iran attacked Russia")</script></head><body>
<nav><a href="/">Home</a><a href="/w">World</a></nav><h1>{TITLE}</h1><article>
{"".join(f"<p>{p}</p>" for p in BODY)}</article>
<aside><h3>Related</h3><ul><li><a href="/a">{OTHER}</a></li></ul></aside>
<footer>© The Northern Wire</footer></body></html>
"""


@pytest.fixture
def read(tmp_path, book):
    """read(name, data): (Documents, problems) of a folder with this one file."""
    def one(name, data):
        (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
        return corpus.read_folder(tmp_path, book)
    return one


@pytest.fixture
def coded(read, book):
    """coded(name, data): ({doc_id: its rows by table}, problems) of that file."""
    def one(name, data):
        documents, problems = read(name, data)
        return {d.doc_id: pipeline.code_article(d, book) for d in documents}, [p["problem"] for p in problems]
    return one


def kept(rows):
    return [r["text"] for r in rows["lines"] if not r["rule"]]


def about(rows):
    (row,) = rows["documents"]
    return row["title"], row["published"], row["outlet"]


# ---------------------------------------------------------------- web pages
def test_a_page_gives_its_text_and_what_its_head_says(coded):
    found, problems = coded("a.html", HTML)
    rows = found["a"]
    assert about(rows) == (TITLE, "2007-01-16", "The Northern Wire") and problems == []
    assert [r["text"] for r in rows["lines"] if r["kind"] == "body"] == list(BODY)
    assert OTHER not in kept(rows) and OTHER in [r["text"] for r in rows["lines"]]  # labelled, not deleted
    assert ("page-date", "metadata") in {(c["clue"], c["basis"]) for c in rows["clues"]}
    assert {e["event"] for e in rows["events"]} >= {"COOPERATE", "ACCUSE"}


def test_a_printed_day_is_stronger_than_what_a_page_says_of_itself(coded):
    rows = coded("a.html", HTML.replace("<article>", "<p>Posted: 15 January 2007</p><article>"))[0]["a"]
    assert about(rows)[1] == "2007-01-15"


def test_a_title_that_the_page_does_not_show_is_no_headline(coded):
    other = HTML.replace(f'content="{TITLE}"', 'content="Home of news"').replace(f"<title>{TITLE}", "<title>Home")
    assert about(coded("a.html", other)[0]["a"])[0] == TITLE


def test_links_side_by_side_and_line_ends_part_words():
    blocks, _ = pages.blocks_of("<body><a>One</a><a>Two</a><p>Title<br>By A. Writer<br><br>Lead</p></body>")
    assert blocks == [["One Two"], ["Title", "By A. Writer"], ["Lead"]]


def test_signs_that_nothing_may_hold_are_spaces(read):
    page = HTML.replace(NEXT, "<b>Iran</b>&#1; denied<!-- x -->&#8; it&#xFFFE;, and <i>more</i>&#2; than once.")
    assert "Iran denied it" in " ".join(read("a.html", page)[0][0].text.split()).replace(" ,", ",")


@pytest.mark.parametrize("charset", ["windows-1251", "iso-8859-1", "utf-8"])
def test_a_page_is_read_in_its_own_charset(charset, read):
    word = "Москва" if charset == "windows-1251" else "façade"
    page = HTML.replace("<head>", f'<head><meta charset="{charset}">').replace(LAST, f"{LAST} {word}").encode(charset)
    assert word in read("a.html", page.replace("©".encode(charset, "ignore"), b""))[0][0].text


@pytest.mark.parametrize("name, data, said", [
    ("a.html", "<html><body><script>" + "x = 1; " * 999 + "</script><div></div></body></html>", "shows no text"),
    ("a.html", "plain words, and no sign of a page in them at all", "no tag"),
    ("a.html", "<html><body>" + "<div>" * 5_000 + "text " * 40, "deep"),
    ("a.html", "<html><body>" + "<b>x</b>" * 50_000, "elements"),
    ("a.html", "<html><body " + " ".join(f"a{n}=1" for n in range(60_000)) + "><p>" + "text " * 40, "attributes"),
    ("a.html", "<html><body>" + f"<p>{LEAD}</p>" * 3_000, "more than the 300,000 characters"),
    ("a.html", b"%PDF-1.7 and so on", "name it .pdf"), ("a.txt", b"PK\x03\x04" + b"\0" * 40, "zip archive"),
    ("a.pdf", b"no such thing", "no PDF"), ("a.pdf", b"%PDF-1.4\nbroken", "cannot be read"),
    ("a.parquet", b"PAR1 broken PAR1", "no Parquet file"), ("a.docx", b"PK\x03\x04", ".docx"),
    ("a.csv", "name,size\nTor,29\n", "no column of texts"), ("a.jsonl", '{"name": "Tor"}\n', "no column of texts")])
def test_what_cannot_be_read_is_a_problem_that_says_what_to_do(name, data, said, coded):
    found, problems = coded(name, data)
    assert found == {} and said in "".join(problems)


def test_a_page_under_the_name_of_a_text_is_read_as_a_page_and_said(coded):
    found, problems = coded("a.txt", HTML)
    assert about(found["a"])[0] == TITLE and "read as a page" in "".join(problems)


# ---------------------------------------------------------------- PDF
def printed(pages_of_rows, made="D:20070118"):
    """A PDF in one font: for each page a list of (text, size of type, x, y)."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", None, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
               f"<< /CreationDate ({made}) >>"]
    kids = []
    for rows in pages_of_rows:
        drawn = "\n".join(f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET" for text, size, x, y in rows)
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R "
                       "/Resources << /Font << /F1 3 0 R >> >> >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{at:010} 00000 n \n" for at in places)
    return (f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} "
            f"/Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(out)}\n%%EOF\n").encode("latin-1")


SHEETS = [[("Northern Wire 16 January", 8, 50, 780), (TITLE, 18, 50, 740),
           ("Russia has delivered the last of the Tor-M1 air defence mis-", 10, 50, 700),
           ("siles that Iran ordered in 2005, the defence minister, Sergei", 10, 50, 688),
           ("Ivanov, said in Moscow.", 10, 50, 676),
           ("Iran denied that it had asked Russia for S-", 10, 50, 650), ("Page 1 of 2", 8, 50, 20)],
          [("Northern Wire 16 January", 8, 50, 780),
           ("300 missiles as well, and called the deal lawful and", 10, 50, 740),
           ("defensive.", 10, 50, 728), (LAST, 10, 50, 700), ("Page 2 of 2", 8, 50, 20)]]


def test_a_pdf_is_read_by_paragraphs_with_whole_words(coded):
    rows = coded("a.pdf", printed(SHEETS))[0]["a"]
    assert [r["text"] for r in rows["lines"] if r["kind"] == "body"] == list(BODY)
    assert about(rows)[0] == TITLE and not any("Page" in text for text in kept(rows))
    assert rows["documents"][0]["published_to"] <= "2007-01-18"  # no younger than its file


def test_a_hyphen_that_is_printed_elsewhere_stays():
    assert pdf.joined("the arms-", "control accord", "on arms-control") == "the arms-control accord"
    assert pdf.joined("has deliv-", "ered", "") == "has delivered" and pdf.joined("the S-", "300", "") == "the S-300"


def test_a_locked_pdf_and_one_of_pictures_say_so(read, tmp_path):
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "blank.pdf")
    writer.encrypt("secret")
    writer.write(tmp_path / "locked.pdf")
    problems = {p["file"]: p["problem"] for p in corpus.read_folder(tmp_path, codebook.load())[1]}
    assert "password" in problems["locked.pdf"] and "OCR" in problems["blank.pdf"]


# ---------------------------------------------------------------- Markdown, press databases
TEXT = "\n\n".join(BODY)


@pytest.mark.parametrize("head", [
    f'---\ntitle: "{TITLE}"\ndate: 2007-01-16\nsource: Northern Wire\ntags: [arms]\n---\n\n',
    f'+++\ntitle = "{TITLE}"\ndate = 2007-01-16\noutlet = "Northern Wire"\n+++\n\n',
    f"---\ntitle: {TITLE}\ndate: 2007-01-16\nsource: Northern Wire\n\n"])
def test_the_head_of_a_markdown_page_is_read_also_where_it_is_never_closed(head, coded):
    rows = coded("a.md", f"{head}{TEXT}\n")[0]["a"]
    assert about(rows) == (TITLE, "2007-01-16", "Northern Wire")
    assert [r["text"] for r in rows["lines"] if r["kind"] == "body"] == list(BODY)


def test_a_line_between_dashes_is_no_head():
    book = codebook.load()
    assert fields.fields_of(f"---\n{LEAD}\n---\n{NEXT}\n", book) == {}
    assert fields.fields_of(f"{TITLE}\n\n{LEAD}\n", book) == {}


def test_a_heading_of_markdown_is_split_from_its_marks(coded):
    assert about(coded("a.md", f"# {TITLE}\n\n16 January 2007\n\n{TEXT}\n")[0]["a"])[0] == TITLE


def factiva(n, cut=False):
    end = "" if cut else f"\nRE   iran : Iran\nAN   Document NWIRE0002007011{n}e31g00001\n\n"
    return (f"SE   World\nHD   {TITLE}\n     in spite of talks\nBY   By A. Writer\nWC   88 words\n"
            f"PD   1{n} January 2007\nSN   Northern Wire\nLA   English\n\nLP\n\n{LEAD}\n\n"
            f"TD\n\n{NEXT}\n\n{LAST}\n{end}")


def nexis(n, of):
    return (f"Document {n} of {of}\n\n\nNorthern Wire (Leeds)\n\nJanuary 1{n}, 2007 Tuesday\n\nFirst Edition\n\n"
            f"BYLINE: A. Writer\n\nLENGTH: 88 words\n\nHEADLINE: {TITLE}\nin spite of talks\n\nBODY:\n{LEAD}\n\n"
            f"{NEXT}\n\n{LAST}\n\nLOAD-DATE: January 1{n}, 2007\n\nLANGUAGE: ENGLISH\n\n"
            "Copyright 2007 Northern Wire\n\n\n")


@pytest.mark.parametrize("text, outlet", [("".join(map(factiva, (6, 7, 8))), "Northern Wire"),
                                          ("".join(nexis(n, 3) for n in (1, 2, 3)), "Northern Wire (Leeds)")])
def test_an_export_of_a_press_database_is_as_many_articles(text, outlet, coded):
    found, problems = coded("a.txt", text)
    assert list(found) == ["a#1", "a#2", "a#3"] and problems == []
    for n, rows in enumerate(found.values()):
        day = f"2007-01-1{n + (6 if 'SE ' in text else 1)}"
        assert about(rows) == (f"{TITLE} in spite of talks", day, outlet)
        assert [r["text"] for r in rows["lines"] if r["kind"] == "body"] == list(BODY)


def test_one_article_of_a_press_database_is_read_where_it_stands(read, book):
    (document,), _ = read("a.txt", factiva(6))
    assert document.doc_id == "a" and not document.made and document.text == factiva(6)


@pytest.mark.parametrize("text, said", [(factiva(6) + factiva(7, cut=True), "breaks off"),
                                        (nexis(1, 4) + nexis(2, 4), "2 of its articles are missing")])
def test_an_export_that_is_cut_is_read_as_far_as_it_goes(text, said, coded):
    found, problems = coded("a.txt", text)
    assert list(found) == ["a#1", "a#2"] and said in "".join(problems)


# ---------------------------------------------------------------- tables
ROWS = [{"text": TEXT, "title": TITLE, "date": "2007-01-16", "outlet": "Northern Wire"}, {"text": ""},
        {"text": TEXT, "title": TITLE, "date": "2007-02-31", "outlet": None}]


def written(rows, ending, folder):
    path = folder / f"a.{ending}"
    frame = pd.DataFrame(rows)
    if ending == "csv":
        frame.to_csv(path, index=False)
    elif ending == "parquet":
        frame.to_parquet(path)
    else:
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path.read_bytes()


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_table_is_an_article_a_row(ending, coded, tmp_path):
    found, problems = coded(f"a.{ending}", written(ROWS, ending, tmp_path))
    assert list(found) == ["a#1", "a#3"] and problems == ["row 2: no text"]
    assert about(found["a#1"]) == (TITLE, "2007-01-16", "Northern Wire")
    assert about(found["a#3"])[1:] == ("", "")  # a day that does not exist dates nothing
    assert [r["text"] for r in found["a#1"]["lines"] if r["kind"] == "body"] == list(BODY)


def test_a_broken_row_costs_no_other(coded):
    whole = json.dumps({"text": TEXT})
    found, problems = coded("a.jsonl", f'{whole}\n{{"text": "broken\n[1]\n{whole}\n')
    assert list(found) == ["a#1", "a#4"] and problems == ["rows 2, 3: no JSON object"]
    found, problems = coded("b.csv", f'text,title\n"{TEXT}",one\n"{TEXT},two\n')
    assert "b#1" in found and "row 2: here it breaks off" in problems[-1]


def test_a_fault_of_many_rows_is_said_once(coded):
    assert coded("a.csv", "text\n" + '""\n' * 9_000)[1] == ["rows 1, 2, 3, 4, 5 and 8,995 more: no text"]


# ---------------------------------------------------------------- the texts that were taken out
def test_offsets_point_into_the_text_that_a_run_leaves_beside_its_tables(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.html").write_text(HTML, encoding="utf-8")
    (tmp_path / "in" / "many.txt").write_text(factiva(6) + factiva(7), encoding="utf-8")
    (tmp_path / "in" / "plain.txt").write_text(f"{TITLE}\n\n{TEXT}\n", encoding="utf-8")
    out = tmp_path / "in" / "out"  # a folder of tables inside the articles is no article
    for _ in range(2):
        assert main(["code", str(tmp_path / "in"), "--out", str(out)]) == 0
    documents = pd.read_csv(out / "documents.csv", keep_default_na=False).set_index("doc_id")
    assert documents.text_file.to_dict() == {"many#1": "text/many#1.txt", "many#2": "text/many#2.txt",
                                             "page": "text/page.txt", "plain": ""}
    for row in ruiran.read(out)["lines"].query("doc_id != 'plain'").itertuples():
        text = (out / documents.text_file[row.doc_id]).read_bytes().decode("utf-8")
        assert text[row.start:row.end] == row.text
    (tmp_path / "in" / "page.html").unlink()
    (tmp_path / "in" / "many.txt").unlink()
    assert main(["code", str(tmp_path / "in"), "--out", str(out)]) == 0
    assert not (out / "text").exists()


def test_an_article_that_is_about_something_else_says_so(coded):
    grain = " ".join(["The harvest of wheat was larger than in any year since records are kept in the district."] * 3)
    assert coded("a.txt", f"Wheat\n\n{grain}\n")[0]["a"]["documents"][0]["scope"].endswith("no Russia and no Iran")
    assert coded("b.txt", f"{TITLE}\n\n{TEXT}\n")[0]["b"]["documents"][0]["scope"] == ""


# ---------------------------------------------------------------- random pages
WORDS = st.sampled_from([*BODY, TITLE, OTHER, "16 January 2007", "<b>", "</p>", "<table>", "<br>", "&amp;", "<!--",
                         "\ue000", "HD   ", "LP", "BODY:", "---", "Document 1 of 2", "\x00", "\ud800",
                         '"', ",", "{", "İ", "½"])
RANDOM = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@RANDOM
@given(st.lists(WORDS, max_size=25).map(" ".join) | st.lists(WORDS, max_size=25).map("\n".join),
       st.sampled_from([".html", ".txt", ".md", ".csv", ".jsonl", ".pdf", ".parquet"]))
def test_any_text_under_any_name_is_an_article_or_a_problem(tmp_path_factory, text, ending):
    folder, book = tmp_path_factory.mktemp("random"), codebook.load()
    (folder / f"a{ending}").write_bytes(text.encode("utf-8", "surrogatepass"))
    documents, problems = corpus.read_folder(folder, book)
    assert documents or problems
    for document in documents:
        for row in pipeline.code_article(document, book)["lines"]:
            assert document.text[row["start"]:row["end"]] == row["text"]


@RANDOM
@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.4\n", b"PAR1", b"<html>"]),
       st.sampled_from([".html", ".txt", ".csv", ".jsonl", ".pdf", ".parquet"]))
def test_any_bytes_are_read_or_refused(tmp_path_factory, data, first, ending):
    folder = tmp_path_factory.mktemp("bytes")
    (folder / f"a{ending}").write_bytes(first + data)
    try:
        source = corpus.Source(folder / f"a{ending}", f"a{ending}", {})
        assert all(d.text for d in corpus.read_documents(source, codebook.load())[0])
    except Unreadable as error:
        assert str(error)


def test_marks_of_markdown_around_words_change_nothing(coded):
    plain = f"{TITLE}\n\n16 January 2007\n\n{LEAD}\n\nIran on Monday rejected claims that it had sold Russia drones.\n"
    marked = plain.replace("rejected", "**rejected**").replace("Iran on", "> _Iran_ on")
    marked = marked.replace("drones", "*drones*")
    columns = "source event target status".split()
    told = [[[e[column] for column in columns] for e in coded(name, text)[0][name[0]]["events"]]
            for name, text in (("a.md", plain), ("b.md", marked))]
    assert told[0] == told[1] and len(told[0]) > 1
