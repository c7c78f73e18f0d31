"""The inspector's third tab: the other images that show the same picture, what was decided, what is still open."""

import html
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from core.records import Relation
from gui import operations, style
from gui.icons import icon
from gui.models.cells import shown_name
from gui.models.sentences import bond_words, match_words, verdict_words, when
from gui.models.subject import Bond, Other, Subject
from gui.plain import PlainLabel
from gui.session import Session
from gui.views.group_buttons import DoesNotBelong, StandsFor
from gui.views.image_row import ImageRow


class RelationsTab(QWidget):
    """The group of an image, the verdicts on it, and the matches that nobody has decided."""

    review_wanted = Signal(object)  # the image's id
    image_wanted = Signal(object)  # the id of another image to look at

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._subject: Subject | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(style.TIGHT)
        self.review = QPushButton(icon("duplicates"), self.tr("Review these pairs"))
        self.review.setToolTip(self.tr("Review these pairs (D)"))
        self.review.clicked.connect(self._on_review_clicked)
        self.take_back: list[_TakeBack] = []
        self.stands_for: list[StandsFor] = []
        self.does_not_belong: list[DoesNotBelong] = []
        self._images: list[ImageRow] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.MEDIUM, style.SMALL, style.MEDIUM, style.MEDIUM)
        layout.setSpacing(style.SMALL)
        layout.addLayout(self._rows)
        layout.addWidget(self.review, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addStretch(1)

    def show_subject(self, subject: Subject | None) -> None:
        """Show an image's relations, or nothing."""
        if subject == self._subject:
            return
        self._subject = subject
        self._clear()
        self.review.setVisible(subject is not None and bool(subject.matches))
        if subject is None:
            return
        if not (subject.group or subject.verdicts or subject.matches):
            self._say(self.tr("No other image in this archive was found to be like this one."), "muted")
        self._show_group(subject)
        self._show_verdicts(subject)
        self._show_matches(subject)

    def _show_group(self, subject: Subject) -> None:
        if not subject.group:
            return
        count = len(subject.detail.group)
        self._head(self.tr("%1 images show this picture").replace("%1", f"{count:,}"))
        for place, (other, bond) in enumerate(zip(subject.group, subject.bonds, strict=True)):
            facts = [other.detail]
            if place == 0:
                facts.append(self.tr("stands for the group"))
            if other.image_id == subject.detail.image.id:
                facts.append(self.tr("this image"))
            words = self._bond_words(subject, other, bond)
            if place == 0 and subject.chosen_by:
                chosen = self.tr("chosen by %1").replace("%1", subject.chosen_by)
                words = f"{chosen} · {words}" if words else chosen
            buttons = self._group_buttons(subject, other, first=place == 0)
            self._image(other, " · ".join(facts), *buttons, beneath=words)
        self._say_more(count - len(subject.group))
        for a, b in subject.apart:
            words = self.tr("%1 and %2 were decided not to be related, but hang together through others.")
            self._say(words.replace("%1", shown_name(a)).replace("%2", shown_name(b)), "caution")
        for a, b in subject.joined:
            words = self.tr("%1 and %2 hang together only through others.")
            self._say(words.replace("%1", shown_name(a)).replace("%2", shown_name(b)), "caution")
        self._say_more(subject.joined_count - len(subject.joined))

    def _bond_words(self, subject: Subject, other: Other, bond: Bond | None) -> str:
        if bond is not None:
            return bond_words(bond.edge, shown_name(bond.name) if bond.name else "", forward=bond.forward)
        if other.image_id == subject.detail.image.id:
            return ""
        return self.tr("joined through an image that is not in the archive any more")

    def _group_buttons(self, subject: Subject, other: Other, *, first: bool) -> Sequence[QToolButton]:
        if other.image_id is None:
            return ()
        chosen_by = subject.chosen_by if first else ""
        stands = StandsFor(self._session, other.image_id, other.name, chosen_by)
        leaves = DoesNotBelong(self._session, other.image_id, other.name)
        self.stands_for.append(stands)
        self.does_not_belong.append(leaves)
        return stands, leaves

    def _show_verdicts(self, subject: Subject) -> None:
        if subject.verdicts:
            self._head(self.tr("Decided"))
        sha256 = subject.detail.image.facts.sha256
        for relation, other in subject.verdicts:
            own = relation.from_sha256 == sha256
            verdict = verdict_words(relation.kind, forward=own)
            # It stands under the other's name, and so is said of the other.
            said = f"{verdict_words(relation.kind, forward=not own)} {self.tr('this image')}"
            words = f"{said} · {shown_name(relation.decided_by)}, {when(relation.decided_at)}"
            button = _TakeBack(relation)
            button.setEnabled(not self._session.read_only)
            button.setAccessibleName(f"{button.toolTip()}: {verdict} {shown_name(other.name)}")
            button.wanted.connect(self._on_take_back_wanted)
            self.take_back.append(button)
            self._image(other, words, button)
        self._say_more(len(subject.detail.relations) - len(subject.verdicts))

    def _show_matches(self, subject: Subject) -> None:
        if subject.matches:
            self._head(self.tr("To be decided"))
        for match, other in subject.matches:
            self._image(other, match_words(match))
        self._say_more(len(subject.detail.matches) - len(subject.matches))

    def _head(self, text: str) -> None:
        self._rows.addSpacing(style.SMALL)
        label = QLabel(f"<b>{html.escape(text)}</b>")
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        self._rows.addWidget(label)

    def _say(self, text: str, role: str) -> None:
        label = PlainLabel(text)
        label.setProperty("role", role)
        label.setWordWrap(True)
        self._rows.addWidget(label)

    def _say_more(self, count: int) -> None:
        if count > 0:
            self._say(self.tr("and %1 more").replace("%1", f"{count:,}"), "muted")

    def _image(self, other: Other, words: str, *buttons: QWidget, beneath: str = "") -> None:
        row = ImageRow(other, words, beneath)
        row.wanted.connect(self.image_wanted)
        self._images.append(row)
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.TIGHT)
        layout.addWidget(row, 1)
        for button in buttons:
            layout.addWidget(button)
        self._rows.addWidget(line)
        if beneath:
            self._say(beneath, "muted")
            self._rows.addSpacing(style.SMALL)  # so that it belongs to what is above it

    def _clear(self) -> None:
        self.take_back.clear()
        self.stands_for.clear()
        self.does_not_belong.clear()
        self._images.clear()
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    @property
    def rows(self) -> Sequence[ImageRow]:
        """The images that are listed, in order."""
        return self._images

    def _on_take_back_wanted(self, relation: Relation) -> None:
        operations.forget_verdict(self._session, relation.from_sha256, relation.to_sha256)

    def _on_review_clicked(self) -> None:
        if self._subject is not None:
            self.review_wanted.emit(self._subject.detail.image.id)


class _TakeBack(QToolButton):
    """Takes one verdict back."""

    wanted = Signal(object)  # the Relation

    def __init__(self, relation: Relation) -> None:
        super().__init__()
        self._relation = relation
        self.setIcon(icon("undo"))
        self.setToolTip(self.tr("Take this verdict back; the pair is to be decided again"))
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.wanted.emit(self._relation)
