"""What the de-duplication knows about words, as tables to read and to add to.

All words are in the normal form of text.py: lower case, without accents and punctuation.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Small words say nothing about which publication is meant.
SMALL_WORDS = _words("""
    a an the and or of in on for to with by from at as is are its
    la le les el los las de del der die das den des du un une und et y e en il lo gli di da con per
    su sur im zum zur van het o os do dos em no na para por s
""")

# Numbers are written in many ways; one form makes them comparable.
NUMBER_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9",
    "xi": "11", "xii": "12", "xiii": "13", "xiv": "14", "xv": "15", "xvi": "16", "xvii": "17",
}  # fmt: skip

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau",
    "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip

# Letters that Unicode does not split into a base letter and an accent.
LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i",
    "ħ": "h", "ŋ": "n",
}  # fmt: skip

# Some databases put the language behind a translated title.
LANGUAGES = _words("""
    afrikaans albanian arabic armenian bosnian bulgarian catalan chinese croatian czech danish
    dutch english estonian finnish french georgian german greek hebrew hungarian icelandic
    indonesian italian japanese korean latvian lithuanian macedonian norwegian persian polish
    portuguese romanian russian serbian slovak slovene slovenian spanish swedish thai turkish
    ukrainian vietnamese
""")

# Titles that return from issue to issue. A title that consists of these words (and small words,
# numbers and the journal's own name) does not tell one publication from another.
RECURRING_WORDS = _words("""
    abstract abstracts acknowledgement acknowledgements acknowledgment acknowledgments
    announcement announcements annual anonymous article articles author authors award awards back
    board book books brief calendar call chair chairman chairs column comment commentary comments
    conference contents contributors correction corrections corrigendum correspondence cover
    current date dear director directors discussion editor editorial editorials editors errata
    erratum events foreword forthcoming forum from front future general guest highlights important
    in index information introduction introductory invitation invited issue issues journal keynote
    letter letters list meeting member members message messages minitrack minutes miscellaneous
    name news newsletter note notes notice obituary opening opinion overview page panel paper
    papers perspective perspectives plenary poster posters preface presentation presentations
    president presidential proceedings program programme prologue publication publications
    question questions readers recent referees remarks reply report reports response retraction
    review reviewer reviewers reviews section selected session sessions special statement subject
    summaries summary supplement symposium table thank thanks this title track treasurer treasurers
    unknown untitled update updates vice view viewpoint vol volume welcome what workshop world your
    january february march april may june july august september october november december
    spring summer autumn fall winter
""")

# Words whose presence on one side only means another publication (kinds.py: KindFlag). All but the
# last count only near the beginning or the end of a title.
ERRATUM_WORDS = _words("erratum errata corrigendum corrigenda correction corrections")
COMMENT_WORDS = _words("comment comments commentary comentario kommentar editorial")
REPLY_WORDS = _words("reply replies response rejoinder rebuttal respuesta antwort")
RETRACTION_WORDS = _words("retraction retracts withdrawal")
PROTOCOL_WORDS = _words("protocol protocols")

# Two words that differ only in these beginnings are not spellings of one another.
CONTRASTS = (
    ("hyper", "hypo"), ("intra", "inter"), ("intra", "extra"), ("pre", "post"), ("pre", "peri"),
    ("pre", "per"), ("endo", "ecto"), ("endo", "epi"), ("endo", "exo"), ("macro", "micro"),
    ("mono", "poly"), ("mono", "di"), ("uni", "bi"), ("over", "under"), ("in", "de"),
    ("in", "ex"), ("in", "un"), ("ante", "anti"), ("supra", "infra"), ("supra", "sub"),
    ("homo", "hetero"), ("up", "down"), ("ortho", "para"), ("eu", "dys"), ("pro", "anti"),
    ("tri", "di"), ("tetra", "tri"), ("auto", "allo"), ("peri", "para"), ("ad", "ab"),
    ("im", "e"), ("hemi", "semi"), ("an", "a"), ("ana", "cata"), ("ethyl", "methyl"),
    ("bi", "tri"), ("re", "de"), ("re", "pre"),
)  # fmt: skip

# What makes a container something other than a journal.
CONFERENCE_WORDS = _words("""
    conference conferences congress meeting meetings symposium workshop workshops kongress congreso
    colloquium seminar
""")
CONFERENCE_TYPES = _words("inproceedings conference conf cpaper")
# Book series that hold the proceedings of conferences.
SERIES = (
    "lecture notes", "communications in computer", "advances in intelligent systems",
    "ceur workshop", "ifip", "acm international conference",
)  # fmt: skip
PREPRINT_SERVERS = _words("""
    arxiv corr biorxiv medrxiv chemrxiv psyarxiv socarxiv techrxiv ssrn preprints preprint osf
    researchsquare eartharxiv edarxiv engrxiv
""")
PREPRINT_DOIS = (
    "10.1101/", "10.48550/", "10.21203/", "10.20944/", "10.2139/ssrn", "10.31234/", "10.31235/",
    "10.26434/", "10.36227/", "10.31219/", "10.22541/", "10.35542/", "10.31222/",
)  # fmt: skip

# In the names of journals these only say which edition, printing or meeting is meant.
EDITION_WORDS = _words("""
    ed edition print online electronic resource annual first second third fourth fifth sixth
    seventh eighth ninth tenth eleventh twelfth twenty thirty forty fifty st nd rd th vol volume
""")
# Who holds a conference or prints a journal, and what proceedings are called, is told or not.
SPONSORS = _words("acm ieee aaai siam")
HELD = _words("proc proceedings")
BODIES = SPONSORS | HELD | _words("conf intl int symp international conference")
# An acronym with one of these is a periodical, the acronym alone may be a conference.
PERIODICALS = _words("""
    journal j transactions trans record quarterly q magazine letters bulletin review reviews
    communications commun surveys archives archiv arch annals annales ann acta zeitschrift revista
    revue rivista giornale tidsskrift
""")
# Behind the name of a journal these say where it appears: Lancet (London, England).
PLACE_WORDS = _words("""
    london england new york ny uk usa us united states america kingdom philadelphia pa baltimore
    md oxford cambridge mass paris france berlin germany amsterdam netherlands basel switzerland
    tokyo japan beijing china international
""")

# In the place of a journal these say nothing of where a work appeared.
PUBLISHERS = _words("""
    elsevier springer wiley blackwell kluwer pergamon sage routledge taylor francis emerald
    birkhauser morgan kaufmann kaufman addison wesley mcgraw hill prentice erlbaum plenum harper
    macmillan norton thieme karger verlag press academic university publishers publisher publishing
    co inc ltd llc gmbh mit acm ieee oxford cambridge new york
""")
NOT_YET = _words("""
    to appear in press submitted accepted forthcoming unpublished manuscript preparation draft
    available online ahead print epub for publication
""")
NO_JOURNAL = PUBLISHERS | NOT_YET | SMALL_WORDS | _words("unknown none nan null")
PROCEEDINGS = SMALL_WORDS | _words("proceedings proc conference conf international intl")

# What stands around the number of a volume.
VOLUME_LABELS = (
    "volumes", "volume", "vols", "vol", "baende", "bande", "band", "bde", "bd", "tomes", "tome",
    "tomos", "tomo", "teil", "part", "pt", "book", "number", "no", "nr",
)  # fmt: skip
ORDINALS = {
    word: str(at)
    for words in (
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
        "erster zweiter dritter vierter funfter sechster siebter achter neunter zehnter",
        "premier deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme",
        "primero segundo tercero cuarto quinto sexto septimo octavo noveno decimo",
        "eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf",
        "un deux trois quatre cinq six sept huit neuf dix onze douze",
        "uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
    )
    for at, word in enumerate(words.split(), start=1)
}
# With these there is no volume yet, whatever number stands beside them.
NOT_YET_IN_A_VOLUME = _words("epub online ahead press forthcoming accepted early advance")
# In the place of a volume these say nothing of which it is.
NO_VOLUME = _words("""
    suppl supplement supplements supp special spec issue print view article articles abstract
    abstracts unknown none na n nan null access available pending pagination unpaginated
    ph d phd thesis
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    spring summer autumn fall winter annual
""")

MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
