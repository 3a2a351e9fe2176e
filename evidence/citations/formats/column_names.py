"""What the columns of tables mean, over all the databases and programs that write them.

Anybody can add a name. Each meaning begins with its stable word (for most a field of Reference) and
the words for people. Below stand the names that databases give to such a column, in small letters
and with a blank for each character that is neither a letter nor a digit: `Author(s)` is `author s`;
only the slash stays, because `Author/s` is another column. They stand in order of preference: where
a table has several columns for one meaning, the first that says something is taken. Behind `like`
stand words that suggest the meaning wherever they are part of an unknown name.
"""

import re
from dataclasses import dataclass

_TABLE = """
title = Title
    title, article title, document title, title primary, primary title, item title, study title,
    paper title, title of article, display name, english title, original title,
    translated title, public title, scientific title, brief title, title in original language,
    record title, titel, titre, título, titulo, titolo, tytuł, название, 标题, 题名
    like title, titel, titre, título, titolo
authors = Authors
    author full names, author full name, author names, authors, author s, author,
    authors primary, primary authors, first authors, author list, article authors,
    book author full names, book authors, creators, creator, autoren, autor,
    autor in, autores, auteurs, auteur, autori, autore, verfasser, автор, авторы, 作者
    like authors, author, autoren, auteurs, autores, autori
authors_given_first = Authors, given name first
    author/s, authorships author display name, authorships raw author name, inventors, people
author_groups = Authors that are organisations
    group authors, book group authors, corporate authors, corporate author, collective authors
editors = Editors
    editors, editor, editor s, book editors, authors secondary, secondary authors,
    volume editors, herausgeber, éditeurs scientifiques
    like editors, editor
year = Year
    year, publication year, published year, pub year, pubyear, year published,
    year of publication, date published year, yr, jahr, erscheinungsjahr, erschienen,
    année, annee, año, ano, anno, rok, год, 年份, 出版年
    like year, jahr, année, año, anno
date = Date
    publication date, date of publication, date published, pub date, pubdate, date,
    published date, published, cover date, issue date, online date, publication date print,
    publication date online, early access date, pub month day, date registration3,
    date registration, date de publication, fecha, data, datum
month = Month
    month, published month, publication month, monat
day = Day
    day, publication day
journal = Journal, book or proceedings
    source title, journal, journal title, publication title, periodical full, journal name,
    journal/book, secondary title, title secondary, pubtitle,
    primary location source display name, book title, container title, periodical,
    anthology title, host publication title, publication name, publication, venue, parent title,
    proceedings title, conference title, conference name,
    booktitle, zeitschrift, revue, revista, rivista,
    fuente, журнал, 期刊
    like journal, periodical, zeitschrift, revue, revista, rivista
journal_short = Journal, abbreviated
    journal iso abbreviation, abbreviated source title, journal abbreviation, iso abbreviation,
    periodical abbrev, abbreviated journal, journal abbrev, journal short, alternate title3,
    alternate title1, short journal
citation = Journal, year and pages in one
    source, citation, journal citation, bibliographic citation, quelle
volume = Volume
    volume, vol, journal volume, volume number, biblio volume, band, volumen, том, 卷
    like volume
issue = Issue
    issue, issue number, journal issue, issue no, biblio issue, number, num, heft, numéro,
    número, fascicolo, номер, 期
    like issue
pages = Pages
    pages, page range, pagination, page s, page numbers, page, seiten, páginas, paginas, pagine,
    страницы, 页码
    like pages, pagination
page_start = First page
    start page, page start, first page, startpage, beginning page, spage, biblio first page,
    page from, start
page_end = Last page
    end page, page end, last page, endpage, ending page, other pages, epage, biblio last page,
    page to, end
article_number = Article number
    article number, art no, article no, elocation id, artno
doi = DOI
    doi, item doi, article doi, digital object identifier, ids doi, digitalobjectidentifier,
    doi link, doi url, doi s
    like doi
pmid = PMID
    pmid, pubmed id, pubmedid, medline pmid, ids pmid, pubmed, pubmed pmid
    like pmid
pmcid = PMCID
    pmcid, pmc id, pmc, ids pmcid, pubmed central id
    like pmcid
abstract = Abstract
    abstract, abstracts, abstract note, abstract text, notes abstract, original abstract,
    english abstract, brief summary, summary, zusammenfassung, résumé, resumen, resumo,
    riassunto, аннотация, 摘要
    like abstract, zusammenfassung, résumé, resumen, resumo, riassunto
keywords = Keywords
    author keywords, keywords, keyword, keyword s, keywords plus, index keywords, manual tags,
    automatic tags, tags, subjects, subject, subject terms, subjectterms, subject headings,
    mesh terms, mesh, mesh headings, descriptors, descriptor s, descriptor, ieee terms,
    emtree drug index terms major focus, emtree drug index terms,
    emtree medical index terms major focus, emtree medical index terms, inspec controlled terms,
    inspec non controlled terms, thesaurus terms, identifiers, controlled terms,
    fields of study, keywords display name, schlagwörter, mots clés, palabras clave,
    palavras chave, parole chiave, ключевые слова, 关键词
    like keywords, keyword, schlagwörter
language = Language
    language, languages, language s, article language, original language,
    language of original document, language of article, lang, output language, sprache, langue,
    idioma, lingua, язык, 语言
    like language
urls = Web addresses
    url, urls, link, links, fulltext url, full text url, full text link, fulltexturl,
    document url, documenturl, item url, article url, articleurl, source urls, external url,
    study url, plink, permalink, pdf link, dimensions url, source linkout, embase link,
    web of science record, primary location landing page url, landing page url, web address,
    website
    like url
issn = ISSN
    issn, issns, issn/isbn, eissn, e issn, print issn, online issn,
    primary location source issn l, primary location source issn, journal issn, issn s
    like issn
isbn = ISBN
    isbn, isbns, eisbn, isbn s, isbn/issn, book isbn
    like isbn
publisher = Publisher
    publisher, book publisher, publisher name, institution, verlag,
    primary location source host organization name, éditeur, editorial, editora
    like publisher
place = Place
    place, place of publication, place published, publication place, publisher location,
    publisherlocation, publisher city, city, location, publication country, source country,
    country, ort, lieu, lugar
type = Type
    document type, item type, type, type of reference, reference type, publication type,
    ref type, doctype, documenttype, content type, record type, source type, work type,
    type crossref, category, document identifier, dokumenttyp, tipo de documento, typ
    like type
notes = Notes
    notes, note, extra, comments, comment, personal notes, general notes, custom notes,
    research notes, bemerkungen, anmerkungen, remarques, notas
key = Number of the record
    key, id, record id, record number, ut unique wos id, eid, lens id, central id,
    embase accession id, pui, accession number, accessionnumber, publication id, reference id,
    covidence, internal id, storeid, uid, eric number, nct number, trial id, ref id, item id,
    rec number, cochrane review id, trialid, refid
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a column may hold.

    Attributes:
        word: the stable word for it.
        label: the words for people.
        names: what databases call such a column.
        hints: words in the name of an unknown column that suggest this meaning.
    """

    word: str
    label: str
    names: tuple[str, ...]
    hints: tuple[str, ...]


def _meaning(block: str) -> Meaning:
    head, _, body = block.partition("\n")
    word, _, label = head.partition(" = ")
    names, _, hints = " ".join(body.split()).partition(" like ")
    return Meaning(word=word, label=label, names=_split(names), hints=_split(hints))


def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split(", ")) if names else ()


TABLE = tuple(map(_meaning, re.split(r"\n(?=\w)", _TABLE.strip())))
