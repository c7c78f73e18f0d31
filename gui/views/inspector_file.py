"""The inspector's second tab: what the machine read of a file and where it was collected; nothing here is edited."""

import html

from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from core.looking import Detail
from core.records import Facts
from gui import style
from gui.models.sentences import dimensions, revealed, size_words, when
from gui.session import Session

_COPY = "copy:"
# How a stored picture is turned to stand upright. Source: Exif 2.32, tag Orientation.
_TURNS = {
    1: "as stored",
    2: "mirrored left to right",
    3: "turned by half",
    4: "mirrored top to bottom",
    5: "mirrored, then turned a quarter to the left",
    6: "turned a quarter to the right",
    7: "mirrored, then turned a quarter to the right",
    8: "turned a quarter to the left",
}


class FileTab(QTextBrowser):
    """Captures, facts and the claims of the file itself, as text that can be selected and copied."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._detail: Detail | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)  # it lies on the window's colour as its neighbours do
        self.setOpenLinks(False)
        self.setAccessibleName(self.tr("File"))
        self.document().setDocumentMargin(style.MEDIUM)
        self.anchorClicked.connect(self._on_anchor_clicked)

    def show_detail(self, detail: Detail | None) -> None:
        """Show an image, or nothing."""
        same = detail is not None and self._detail is not None and detail.image.id == self._detail.image.id
        self._detail = detail
        at = self.verticalScrollBar().value() if same else 0
        self._render()
        self.verticalScrollBar().setValue(at)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Take the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._render()

    def _render(self) -> None:
        if self._detail is None:
            self.clear()
            return
        self.setHtml(file_html(self._detail, style.theme_of(self.palette())))

    def _on_anchor_clicked(self, url: QUrl) -> None:
        text = url.toString()
        if text.startswith(_COPY):
            QGuiApplication.clipboard().setText(text.removeprefix(_COPY))
            self._session.message.emit(self.tr("The SHA-256 is on the clipboard."))


def file_html(detail: Detail, theme: style.Theme) -> str:
    """The tab's text as the markup that Qt's rich text knows; whatever came from outside is escaped."""
    facts = detail.image.facts
    parts: list[str] = []
    if facts.state == "undecodable":
        reason = html.escape(_tr("This file cannot be decoded: %1").replace("%1", facts.reason))
        parts.append(f"<p style='color:{theme.bad}'>{reason}</p>")
    parts.append(_heading(_tr("Collected once") if len(detail.captures) == 1 else _times(len(detail.captures))))
    for capture in detail.captures:
        path = html.escape(revealed(capture.place.text) or _tr("Recorded by hand"))
        known = _tr("file changed %1, taken in %2") if capture.place.text else _tr("recorded %2")
        times = known.replace("%1", when(capture.modified_at))
        parts.append(_fact(path, times.replace("%2", when(capture.imported_at)), theme))
    parts.append(_heading(_tr("Read by the machine")))
    parts += [_labelled(label, value, theme) for label, value in _facts(facts)]
    copy = f"<a href='{_COPY}{facts.sha256}' style='color:{theme.accent}'>{_tr('Copy')}</a>"
    parts.append(_labelled("SHA-256", f"{facts.sha256} {copy}", theme))
    claims = list(_claims(facts))
    parts.append(_heading(_tr("Claimed by the file")))
    if claims:
        parts += [_labelled(label, html.escape(value), theme) for label, value in claims]
    else:
        parts.append(f"<p style='color:{theme.muted}'>{_tr('It says nothing of time, camera or place.')}</p>")
    return "".join(parts)


def _facts(facts: Facts) -> list[tuple[str, str]]:
    found = [
        (_tr("Format"), html.escape(f"{facts.format or _tr('not recognised')} ({facts.mime})")),
        (_tr("Size"), f"{size_words(facts.size_bytes)} ({facts.size_bytes:,})"),
    ]
    if facts.width_px:
        found.append((_tr("Pixels"), dimensions(facts.upright_width_px, facts.upright_height_px)))
        turn = QCoreApplication.translate("FileTab", _TURNS.get(facts.orientation, "as stored"))
        found.append((_tr("Shown"), turn))
    return found


def _claims(facts: Facts) -> list[tuple[str, str]]:
    found = []
    if facts.taken_at:
        found.append((_tr("Taken at"), facts.taken_at))
    if facts.camera:
        found.append((_tr("Camera"), facts.camera))
    if facts.latitude_e7 is not None and facts.longitude_e7 is not None:
        found.append((_tr("Position"), f"{facts.latitude_e7 / 1e7:.6f}, {facts.longitude_e7 / 1e7:.6f}"))
    return found


def _times(count: int) -> str:
    return _tr("Collected %1 times").replace("%1", f"{count:,}")


def _heading(text: str) -> str:
    return f"<p style='font-weight:600; margin-top:12px; margin-bottom:4px'>{html.escape(text)}</p>"


def _labelled(label: str, value: str, theme: style.Theme) -> str:
    return (
        f"<p style='margin-top:0; margin-bottom:6px'><span style='color:{theme.muted}; font-size:12px'>"
        f"{html.escape(label)}</span><br/>{value}</p>"
    )


def _fact(value: str, below: str, theme: style.Theme) -> str:
    return (
        f"<p style='margin-top:0; margin-bottom:6px'>{value}<br/>"
        f"<span style='color:{theme.muted}; font-size:12px'>{html.escape(below)}</span></p>"
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("FileTab", text)
