"""Which words are told as the reason why a work comes early.

The model weighs every word. People are told only those that say what a work is about: no
fillers, no numbers, no headings of abstracts, nothing that databases and publishers add.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from evidence.screening.model import Term
from evidence.screening.word_counts import WORD

MOST = 6  # words for a work


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FILLERS = _words("""
    about after all also although am among an and any are as at be because been before being
    between both but by can could did do does during each either etc few for from had has have
    having here how however if in into is it its itself may might more most much must nor not
    of on only or other our out over per same should since so some such than that the their
    them then there these they this those through thus to under until up upon us very via vs
    was we were what when where whereas whether which while who whose why will with within
    without would yet zero one two three four five six seven eight nine ten eleven twelve
    hundred thousand first second third al am auch auf aus bei das de dei del della dem den
    der des di die dos du ein eine einer el en es est et eu il im ist la las le les lo los mit
    na nel nicht no nos ou para par pas por pour que se si sont su sur um un una und une von
    werden wurde zu zum zur
""")
"""Words of which alone no reason is made; a pair that holds another word may be one."""

DATABASES = _words("""
    agricola amed arxiv biorxiv biosis cinahl clinicaltrials cochrane compendex crossref doaj
    ebsco ebscohost embase emtree eric hinari inspec jstor lilacs medline medlineplus medrxiv
    openalex ovid pmc proquest psycarticles psychinfo psycinfo psycnet pubmed pubpsych scielo
    scopus ssrn wos doi eissn http https isbn issn nct org pmcid pmid url www abstracttext
    apos jats nbsp ndash nlmcategory quot
""")
"""Names of databases and traces of their files: these are never a reason."""

PUBLISHING = _words("""
    database databases copyright copyrighted copyrights reserved truncated abstract abstracts
    author authors editor editors publisher publishers published publication license licensed
    licensee licence html xml permission permissions reprint reprinted reproduced verbatim
    creativecommons apa bv gmbh inc llc ltd pty blackwell elsevier hindawi karger kluwer liss
    lippincott mdpi routledge springer thieme verlag wiley aim aims background conclusion
    conclusions discussion finding findings implications introduction keyword keywords
    limitations materials method methodology methods objective objectives purpose result
    results summary
""")
"""What is said of texts in general; a reason only where the review itself asks for it."""

NUMBER = re.compile(r"\d[\d_]*(?:st|nd|rd|th|kg|mg|ml|mm|cm|km|hz)?|\d{4}s|_+|[ivx]+")


def explain(weighed: Iterable[Term], question: Collection[str] = ()) -> tuple[str, ...]:
    """The first terms that speak for a work and say something of it.

    Args:
        weighed: the terms of the work, strongest first.
        question: words of the review's question and criteria.
    """
    speaking = (term.word for term in weighed if term.weight > 0)
    return tuple(islice(_telling(speaking, question), MOST))


def question_words(texts: Iterable[str]) -> frozenset[str]:
    """The words in which a review says what it looks for."""
    return frozenset(word for text in texts for word in WORD.findall(text.lower()))


def _telling(terms: Iterable[str], question: Collection[str]) -> Iterator[str]:
    for term in terms:
        words = term.split()
        if not any(_is_boilerplate(word, question) for word in words) and set(words) - FILLERS:
            yield term


def _is_boilerplate(word: str, question: Collection[str]) -> bool:
    if word in DATABASES or NUMBER.fullmatch(word):
        return True
    return word in PUBLISHING and word not in question
