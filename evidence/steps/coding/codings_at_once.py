"""Bringing the coding of a file in without looking first: for the command line."""

import hashlib

from evidence.citations.formats.archives import Member
from evidence.errors import Invalid
from evidence.settings import Settings
from evidence.steps.coding import brought_codings
from evidence.steps.desk import Desk
from evidence.steps.records.importing import imports, previews, uploads
from evidence.steps.records.importing.imports import Choice
from evidence.store import Role
from evidence.store.records.coded_files import CodedFile

NO_CODING = "{name} holds no coding of references that are here, so nothing was brought in."


def keep_file(desk: Desk, file: Member, settings: Settings) -> CodedFile:
    """A file whose coding can be brought in; its references are imported where they are not here,
    as a source of its own.

    Raises:
        Invalid: it holds no coding; then nothing was imported.
        NotAllowed: the person may not import into this review.
    """
    desk.require(Role.EDITOR)
    sha256 = hashlib.sha256(file.data).hexdigest()
    kept = _kept(desk, sha256)
    if kept is not None:
        return kept
    preview_id = uploads.add(desk, file.name, file.data, settings, wait=True)
    preview = next(one for one in previews.listing(desk) if one.id == preview_id)
    if not preview.is_coded:
        previews.drop(desk, preview_id)
        raise Invalid(NO_CODING.format(name=file.name))
    if preview.earlier_import is not None:
        imports.keep_coding(desk, preview_id)
    else:
        imports.import_files(desk, [Choice(preview_id, preview.suggested_source)])
    kept = _kept(desk, sha256)
    if kept is None:
        raise Invalid(NO_CODING.format(name=file.name))
    return kept


def _kept(desk: Desk, sha256: str) -> CodedFile | None:
    return next((one for one in brought_codings.files(desk) if one.sha256 == sha256), None)
