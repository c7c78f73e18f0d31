"""What the user can change in vocabularies and in the library of models; each is done on the writing worker."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from core import model_library, vocabulary_editing, vocabulary_files
from core.model_facts import Fact
from core.vocabularies import Term
from gui.runner import Pace, Task
from gui.session import Session

Done = Callable[[Any], None]
MODELS = "weapon_model"


def _tr(text: str) -> str:
    return QCoreApplication.translate("vocabulary_operations", text)


def add(session: Session, vocabulary: str, term: Term, on_done: Done) -> Task | None:
    """Add a term; ``on_done`` gets it with its code."""
    return session.write(
        _tr("Adding a term"),
        lambda archive, _: vocabulary_editing.add(archive, vocabulary, term),
        on_done,
        pace=Pace.BRIEF,
    )


def change(session: Session, vocabulary: str, term: Term, on_done: Done | None = None) -> Task | None:
    """Write a term anew in the place of the one with its code."""
    return session.write(
        _tr("Changing a term"), lambda archive, _: vocabulary_editing.change(archive, vocabulary, term), on_done
    )


def move(session: Session, vocabulary: str, code: str, by: int) -> Task | None:
    """Move a term up or down among its brothers."""
    return session.write(
        _tr("Moving a term"),
        lambda archive, _: vocabulary_editing.move(archive, vocabulary, code, by),
        pace=Pace.BRIEF,
    )


def merge(session: Session, vocabulary: str, code: str, into: str, on_done: Done) -> Task | None:
    """Make one term of two; ``on_done`` gets the number of records that changed."""
    return session.write(
        _tr("Merging"),
        lambda archive, job: vocabulary_editing.merge(archive, vocabulary, code, into=into, job=job),
        on_done,
    )


def remove(session: Session, vocabulary: str, code: str) -> Task | None:
    """Take an unused term away."""
    return session.write(
        _tr("Removing a term"),
        lambda archive, _: vocabulary_editing.remove(archive, vocabulary, code),
        pace=Pace.BRIEF,
    )


def import_table(session: Session, vocabulary: str, file: Path, *, replacing: bool, on_done: Done) -> Task | None:
    """Take a CSV table in; ``on_done`` gets the TermsReport."""
    return session.write(
        _tr("Importing terms"),
        lambda archive, job: _import(archive, job, vocabulary, file, replacing=replacing),
        on_done,
    )


def _import(archive: Any, job: Any, vocabulary: str, file: Path, *, replacing: bool) -> Any:
    if vocabulary == MODELS:
        return model_library.import_models(archive, file, replacing=replacing, job=job)
    return vocabulary_files.import_terms(archive, vocabulary, file, replacing=replacing, job=job)


def export_table(session: Session, vocabulary: str, file: Path, on_done: Done) -> Task | None:
    """Write a vocabulary to a CSV table; ``on_done`` gets the number of terms."""
    return session.write(_tr("Exporting terms"), lambda archive, _: _export(archive, vocabulary, file), on_done)


def _export(archive: Any, vocabulary: str, file: Path) -> int:
    if vocabulary == MODELS:
        return model_library.export_models(archive, file)
    return vocabulary_files.export_terms(archive, vocabulary, file)


def add_model(session: Session, code: str, facts: tuple[Fact, ...], on_done: Done) -> Task | None:
    """Add a weapon model; ``on_done`` gets it."""
    return session.write(
        _tr("Adding a weapon model"),
        lambda archive, _: model_library.add_model(archive, code, facts),
        on_done,
        pace=Pace.BRIEF,
    )


def put_fact(session: Session, code: str, fact: Fact, *, instead_of: Fact | None = None) -> Task | None:
    """Say a fact of a model, in the place of another one where that is given."""
    return session.write(
        _tr("Changing a fact"),
        lambda archive, _: model_library.put_fact(archive, code, fact, instead_of=instead_of),
        pace=Pace.BRIEF,
    )


def drop_fact(session: Session, code: str, fact: Fact) -> Task | None:
    """Take a fact of a model away."""
    return session.write(
        _tr("Removing a fact"), lambda archive, _: model_library.drop_fact(archive, code, fact), pace=Pace.BRIEF
    )


def update_library(session: Session, on_done: Done) -> Task | None:
    """Bring the library to the shipped one; ``on_done`` gets the TermsReport."""
    return session.write(
        _tr("Updating the library of weapon models"),
        model_library.update_library,
        on_done,
    )
