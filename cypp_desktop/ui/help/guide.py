"""The guide for officers in a window of its own, beside the plan; it is the file ``resources/help/guide.md``."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QSplitter, QTextBrowser, QVBoxLayout, QWidget

from cypp_desktop import resources
from cypp_desktop.ui import theme

BEGIN = "Begin"
_MARGIN = 48  # pixels of a page that are no picture


@cache
def source() -> str:
    """The guide's text, Markdown."""
    return resources.path("help", "guide.md").read_text(encoding="utf-8")


def topics() -> list[str]:
    """The headings of the guide's parts, in order."""
    return [line[3:].strip() for line in source().splitlines() if line.startswith("## ")]


class GuideWindow(QDialog):
    """Topics at the left, the guide at the right, and a search through it; the plan can be worked on meanwhile."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Guide")
        self.setModal(False)
        self.page = _Page()
        self.list = QListWidget()
        self.list.addItems(topics())
        self.list.setAccessibleName("Topics")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(theme.grid(0.5))
        self.list.currentTextChanged.connect(self._go)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find in the guide")
        self.search.setAccessibleName("Find in the guide")
        self.search.setClearButtonEnabled(True)
        self.search.returnPressed.connect(self.find_next)
        self._none = theme.label("", size="small", tone="muted", wrap=True)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.grid(1.5), theme.grid(1.5), theme.grid(1), theme.grid(1.5))
        column.setSpacing(theme.grid(1))
        column.addWidget(self.search)
        column.addWidget(self._none)
        column.addWidget(self.list, 1)
        panes = QSplitter()
        panes.setChildrenCollapsible(False)
        panes.addWidget(side)
        panes.addWidget(self.page)
        panes.setSizes([theme.grid(30), theme.grid(80)])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(panes)
        theme.give_size(self, 112, 90)
        theme.signals.changed.connect(self.page.fill)

    def show_topic(self, topic: str) -> None:
        """Show one part of the guide."""
        found = self.list.findItems(topic, Qt.MatchFlag.MatchExactly)
        if found:
            self.list.setCurrentItem(found[0])
            self._go(topic)
        self.show()
        self.raise_()
        self.activateWindow()

    def _go(self, topic: str) -> None:
        self.page.go_to(topic)

    def find_next(self) -> None:
        """Go to the next place where the searched words stand, from the top again after the last."""
        words = self.search.text().strip()
        if not words:
            return
        found = self.page.find(words)
        if not found:
            self.page.moveCursor(QTextCursor.MoveOperation.Start)
            found = self.page.find(words)
        self._none.setText("" if found else "The guide does not have these words.")


def on_f1(dialog: QDialog, topic: str) -> None:
    """Have F1 in a dialog open the guide at a topic, in front of it."""

    def show() -> None:
        found = dialog.findChild(GuideWindow) or GuideWindow(dialog)
        found.show_topic(topic)

    QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), dialog, show)


class _Page(QTextBrowser):
    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setAccessibleName("Guide")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(theme.grid(3))
        self._wide, self._topic = 0, ""
        self.fill()

    def fill(self) -> None:
        """Show the guide in today's size and colours."""
        place = self.verticalScrollBar().value()
        self.document().setDefaultFont(theme.font())
        self.setMarkdown(source())
        self.verticalScrollBar().setValue(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != self._wide:  # its pictures are as wide as the page
            self._wide = self.viewport().width()
            topic = self._topic
            self.fill()
            if topic:
                self.go_to(topic)

    def go_to(self, topic: str) -> None:
        self._topic = topic
        block = self.document().begin()
        while block.isValid() and not (block.blockFormat().headingLevel() == 2 and block.text() == topic):
            block = block.next()
        if block.isValid():
            self._show(block)

    def _show(self, block: QTextBlock) -> None:
        cursor = QTextCursor(block)
        self.setTextCursor(cursor)
        top = self.document().documentLayout().blockBoundingRect(block).top()
        self.verticalScrollBar().setValue(round(top) - theme.grid(1))

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture that lies beside the guide, as wide as the page at most; nothing else is loaded."""
        path = resources.path("help", QUrl(name).fileName() or "guide.md")
        if kind != QTextDocument.ResourceType.ImageResource.value or not path.is_file() or path.suffix != ".png":
            return None
        image = QImage(str(path))
        room = max(200, self.viewport().width() - _MARGIN)
        if image.width() > room:
            image = image.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        return image
