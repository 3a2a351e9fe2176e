"""Joined modules share one scope, so a wrong import can meet another module's private name."""

import re
from pathlib import Path

import pytest

from evidence import viewer
from tests.conftest import ROOT

MODULES = sorted(Path(viewer.__file__).parent.rglob("*.js"))
IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]*)";', re.MULTILINE)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_name_is_exported_by_the_module_that_is_asked(module: Path) -> None:
    for names, source in IMPORT.findall(module.read_text(encoding="utf-8")):
        text = (module.parent / source).read_text(encoding="utf-8")
        for name in filter(None, map(str.strip, names.split(","))):
            exported = rf"^export (?:async )?(?:function|const|class) {name}\b"
            assert re.search(exported, text, re.MULTILINE), f"{name} of {source}"
