"""MARCXML and MODS: roles, titles, hosts, and the answers of catalogues around the records."""

import pytest

from evidence.citations.formats import read
from evidence.citations.formats.host_parts import HostPart, parse_host_part
from evidence.citations.formats.library_values import Part, of_publication, part_of, tidy, title
from evidence.citations.record import Record, Reference
from evidence.problems import Code


def marc(*fields: str, leader: str = "00850nam a2200241 a 4500") -> Reference:
    """The reference of a record whose fields are written as `245 10 $a Title : $b subtitle`."""
    return marc_record(*fields, leader=leader).reference


def marc_record(*fields: str, leader: str = "00850nam a2200241 a 4500") -> Record:
    (record,) = read(
        f"<record><leader>{leader}</leader>{''.join(map(field, fields))}</record>".encode(), "a"
    ).records
    return record


def field(text: str) -> str:
    head, *subfields = text.split("$")
    tag, indicators = head[:3], f"{head[4:6]:<2}"
    inner = "".join(f'<subfield code="{s[0]}">{s[1:].strip()}</subfield>' for s in subfields)
    return (
        f'<datafield tag="{tag}" ind1="{indicators[0]}" ind2="{indicators[1]}">{inner}</datafield>'
    )


def mods(inner: str) -> Reference:
    (record,) = read(
        f"<mods><titleInfo><title>T</title></titleInfo>{inner}</mods>".encode(), "a"
    ).records
    return record.reference


@pytest.mark.parametrize(
    ("roles", "part"),
    [
        *((["aut"], Part.AUTHOR), (["edt"], Part.EDITOR), (["trl"], Part.OTHER), ([], "")),
        *((["author."], Part.AUTHOR), (["editor,"], Part.EDITOR), (["(Hrsg.)"], Part.EDITOR)),
        *((["VerfasserIn"], Part.AUTHOR), (["HerausgeberIn"], Part.EDITOR), (["ill."], Part.OTHER)),
        *((["editor", "author"], Part.AUTHOR), (["thesis advisor"], Part.OTHER)),
        *((["author of introduction, etc."], Part.OTHER), (["Editor literario"], Part.EDITOR)),
        (["http://id.loc.gov/vocabulary/relators/edt"], Part.EDITOR),
        (["Éditeur scientifique"], Part.EDITOR),
    ],
)
def test_roles_in_codes_and_in_the_words_of_catalogues(roles: list[str], part: Part) -> None:
    assert part_of(roles) == part


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Vol. 24, no. 9 (Sept. 1993), p. 235-48", ("24", "9", "235-248", "1993-09")),
        ("Bd. 12 (2004), H. 3, S. 12-19", ("12", "3", "12-19", "2004")),
        ("volume:12 number:3 year:2004 month:04 pages:12-19", ("12", "3", "12-19", "2004-04")),
        ("12(2004), 3, Seite 12-19", ("12", "3", "12-19", "2004")),
        ("v.4:no.2<123", ("4", "2", "123", "")),
        ("96:4<6", ("96", "4", "6", "")),
        ("12.2004,3, S. 12-19", ("12", "3", "12-19", "2004")),
        ("35 (1), 2010: 45-67", ("35", "1", "45-67", "2010")),
        ("Vol. XII, 2001, pp. iv-xx", ("XII", "", "iv-xx", "2001")),
        ("n° 12, 2011", ("", "12", "", "2011")),
        ("p. e1042", ("", "", "e1042", "")),
        ("somewhere in it", ("", "", "", "")),
    ],
)
def test_places_in_a_host(text: str, part: tuple[str, str, str, str]) -> None:
    volume, issue, pages, date = part
    assert parse_host_part(text) == HostPart(volume=volume, issue=issue, pages=pages, date=date)


def test_punctuation_of_catalogues_is_taken_off() -> None:
    assert [tidy(text) for text in ("Garden :", "Roe, Jane.", "Doe, J. E.", "Garden, etc.")] == [
        *("Garden", "Roe, Jane", "Doe, J. E.", "Garden, etc.")
    ]
    assert tidy("¬The ¬garden /") == "The garden"
    assert tidy("\x98The \x9cgarden") == "The garden"
    assert title("Work =", "Arbeit :", ["Part 1,", "Trials."]) == "Work: Arbeit. Part 1, Trials"
    texts = ("[London?]", "[S.l.]", "s.n.,", "[publisher not identified]", "Invented Press,")
    assert [of_publication(text) for text in texts] == ["London", "", "", "", "Invented Press"]


def test_marc_people_without_roles() -> None:
    reference = marc(
        *("100 1 $aDoe, Jane", "245 10$aT /$cJane Doe and Max Roe", "700 1 $aRoe, Max"),
        *("700 12$aShaw, Ann$tA play", "710 2 $aInvented Society"),
    )
    assert [str(name) for name in reference.authors] == ["Doe, Jane", "Roe, Max"]
    edited = marc("245 00$aT /$cherausgegeben von Max Roe", "700 1 $aRoe, Max")
    assert (edited.authors, [str(name) for name in edited.editors]) == ((), ["Roe, Max"])
    saint = marc("100 0 $aBenedict$bXVI,$cPope", "245 10$aT")
    assert [str(name) for name in saint.authors] == ["Benedict XVI"]
    body = marc("245 10$aT", "710 2 $aInvented Society.$bSection.")
    assert [str(name) for name in body.authors] == ["Invented Society. Section"]


def test_marc_dates_from_the_issue_the_imprint_and_the_code() -> None:
    article = marc("245 10$aT", "260   $c1994", "773 0 $tJ$gVol. 3, no. 1 (Jan. 1993), p. 3-9")
    assert article.date == "1993-01"
    assert marc("245 10$aT", "264  4$c©2010", "264  1$c[2011?]").year == 2011
    assert marc("245 10$aT", "260   $cc2010.").year == 2010
    coded = '<record><controlfield tag="008">060314e20060314xx</controlfield><datafield tag="245"/>'
    (record,) = read(f"{coded}</record>".encode(), "a").records
    assert record.reference.date == "2006-03-14"
    unread = read(
        b'<record><datafield tag="260"><subfield code="c">MMX</subfield></datafield></record>', "a"
    )
    assert (Code.VALUE_UNREADABLE, "year “MMX”") in [(p.code, p.detail) for p in unread.problems]


def test_marc_types() -> None:
    assert marc("245 10$aT", "502   $bPh. D.$cUniversity of Inventia$d2001").type == "thesis"
    assert marc("245 10$aT", leader="00850ngm a2200241 a 4500").type == "media"
    assert marc("245 10$aT", leader="00850nas a2200241 a 4500").type == "other"
    chapter = marc("245 10$aT", "773 0 $tBook$gp. 3-9$z9783161484100", leader="00850naa")
    assert (chapter.type, chapter.pages) == ("chapter", "3-9")
    # many repositories call articles monographs in their leader
    assert marc("245 10$aT", "773 0 $tJournal$gvol. 3, p. 3-9$x1234-5679").type == "article"


def test_marc_numbers() -> None:
    reference = marc(
        *("245 10$aT", "024 7 $a123456$2pmid", "024 7 $aPMC7654$2pmc", "022   $a1234-5679"),
        *("020   $a3-16-148410-X (pbk.)", "020   $z9783161484100", "024 3 $a5012345678900"),
    )
    assert (reference.pmid, reference.pmcid, reference.doi) == ("123456", "PMC7654", "")
    assert (reference.issn, reference.isbn) == (("1234-5679",), ("316148410X",))


def test_marc_fields_are_kept_by_tag_and_code() -> None:
    record = marc_record("245 10$aT :$bsub /$cby Doe", "500   $aA note.")
    assert record.fields[1:] == (
        *(("245$a", "T :"), ("245$b", "sub /"), ("245$c", "by Doe"), ("500$a", "A note.")),
    )


def test_mods_parts_as_text_and_identifiers() -> None:
    reference = mods(
        '<relatedItem type="host"><titleInfo><title>J</title></titleInfo><part><text>Vol. 3 (2), '
        '2001, pp. 5-9</text></part></relatedItem><identifier type="pmid">77</identifier>'
        '<identifier type="uri">http://hdl.handle.net/1/2</identifier>'
    )
    assert (reference.type, reference.volume, reference.pages) == ("article", "3", "5-9")
    assert (reference.year, reference.pmid) == (2001, "77")
    assert reference.urls == ("http://hdl.handle.net/1/2",)


def test_a_bomb_within_a_catalogues_answer_is_not_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>\n<modsCollection>\n'
    entry = "<mods><titleInfo><title>A garden &b; work</title></titleInfo></mods>"
    reading = read(f"{bomb}{entry}</modsCollection>".encode(), "a.xml")
    assert [problem.code for problem in reading.problems] == [
        Code.XML_ENTITIES,
        Code.FIELD_REPAIRED,
    ]
    assert reading.records[0].reference.title == "A garden &b; work"


def test_text_between_the_records_is_told() -> None:
    entry = "<mods><titleInfo><title>T</title></titleInfo></mods>"
    reading = read(f"<modsCollection>{entry} lost words {entry}</modsCollection>".encode(), "a.xml")
    assert [(p.code, p.detail) for p in reading.problems] == [(Code.TEXT_OUTSIDE, "“lost words”")]
