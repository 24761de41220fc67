"""Colours, type and space: the only home of a colour, two tables for light and dark, and the one stylesheet.

Widgets ask for a look by dynamic properties, which the stylesheet answers:
QFrame ``role``: card, sunken, info, warn, danger, pill, popup, editor (with ``focused`` true), rule;
QPushButton ``kind``: primary, quiet, danger, status, card, primaryCard, row;
QLabel ``tone``: muted, accent, danger, on_accent, and ``type``: small, strong, lead, subheading, heading, title.
Painted widgets ask :func:`tokens`, :func:`font` and :func:`grid` when they paint, and measure again when
``signals.changed`` says that the scheme or the size of text is another.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget

from cypp_desktop.domain.values import dataclass, names
from cypp_desktop.ui.stylesheet import SHEET


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour by what it is for."""

    window: QColor
    surface: QColor
    raised: QColor
    sunken: QColor
    text: QColor
    muted: QColor
    border: QColor
    control: QColor
    accent: QColor
    on_accent: QColor
    selection: QColor
    on_selection: QColor
    focus: QColor
    danger: QColor
    danger_tint: QColor
    added: QColor
    removed: QColor
    info_tint: QColor
    warn: QColor
    warn_tint: QColor
    good: QColor


_TABLE = {  # token: light, dark
    "window": ("#F3F4F7", "#15171C"),
    "surface": ("#FFFFFF", "#1C1F26"),
    "raised": ("#FFFFFF", "#252932"),
    "sunken": ("#F0F2F6", "#181B21"),
    "text": ("#1A1E29", "#E6E8EE"),
    "muted": ("#555C6C", "#A5ACBB"),
    "border": ("#DCE0E8", "#333844"),
    "control": ("#858C9C", "#767E90"),
    "accent": ("#3D4AA6", "#AEB7FF"),
    "on_accent": ("#FFFFFF", "#14172B"),
    "selection": ("#E6E9F8", "#2D3459"),
    "on_selection": ("#1A1E29", "#FFFFFF"),
    "focus": ("#3D4AA6", "#AEB7FF"),
    "danger": ("#B3261E", "#FF9D94"),
    "danger_tint": ("#FBE7E5", "#43211F"),
    "added": ("#E6E9F8", "#2D3459"),
    "removed": ("#FBE7E5", "#43211F"),
    "info_tint": ("#E6E9F8", "#262C4A"),
    "warn": ("#8A4E00", "#F3B65F"),
    "warn_tint": ("#FCF0DC", "#392A12"),
    "good": ("#1D6932", "#88D599"),
}
LIGHT, DARK = (Tokens(**{name: QColor(pair[side]) for name, pair in _TABLE.items()}) for side in (0, 1))

BLUE, GREEN, AMBER, RED, GREY = "#0B5C87", "#1D6932", "#8A4E00", "#B3261E", "#555C6C"
"""The colours that plans choose for their statuses, unless they have their own."""
_STATUS = {  # a status colour as plans choose it (the light ink): light tint, dark ink, dark tint
    BLUE: ("#E2F0F7", "#7FC6F0", "#163041"),
    GREEN: ("#E4F3E7", "#88D599", "#18331F"),
    AMBER: ("#FCF0DC", "#F3B65F", "#392A12"),
    RED: ("#FBE7E5", "#FF9D94", "#43211F"),
    GREY: ("#ECEEF3", "#A5ACBB", "#2A2E38"),
}
SCALES = {"small": 0.93, "body": 1.0, "strong": 1.0, "subheading": 1.15, "heading": 1.5, "title": 2.0}
STYLE = "Fusion"
READABLE = 4.5  # contrast of text, WCAG 2.2 AA


class _Signals(QObject):
    changed = Signal()
    """The colours or the size of text are others now."""


@dataclass(slots=True)
class _State:
    tokens: Tokens = LIGHT
    scheme: str = "system"
    zoom: float = 1.0
    step: float = 8.0
    base: QFont | None = None
    dressed: bool = True


signals = _Signals()
_state = _State()


# --- what widgets ask ------------------------------------------------------------------------------------------------


def tokens() -> Tokens:
    """The colours of the running scheme."""
    return _state.tokens


def dark() -> bool:
    """Whether the running scheme is a dark one."""
    return _state.tokens.window.lightness() < _state.tokens.text.lightness()


def font(scale: float = 1.0, *, bold: bool = False) -> QFont:
    """The program's font at a multiple of the body's size (see :data:`SCALES`)."""
    made = QFont(QApplication.font())
    made.setPointSizeF(made.pointSizeF() * scale)
    made.setBold(bold)
    return made


def grid(n: float) -> int:
    """``n`` steps of the 8-px grid, grown with the size of text."""
    return round(n * _state.step)


def give_size(dialog: QWidget, width: float, height: float = 0) -> None:
    """Make a dialog so many steps of the grid wide and high (0: as high as what is in it), within its screen."""
    high = grid(height) or dialog.sizeHint().height()
    room = dialog.screen().availableGeometry().size() * 0.94
    dialog.resize(min(grid(width), room.width()), min(high, room.height()))


def label(words: str = "", *, size: str = "body", tone: str = "text", wrap: bool = False) -> QLabel:
    """A label in a size and tone of the stylesheet; its words are data, never markup."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("type", size)
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made


def tip(words: str) -> str:
    """Words as a tooltip: those that Qt would take for markup are kept from it, as they are data."""
    if "<" not in words:
        return words
    from html import escape

    return f"<p>{escape(words)}</p>"


def polish(widget: QWidget) -> None:
    """Have the stylesheet asked again for a widget whose properties changed; it is asked once anyway, at the first."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def rule() -> QFrame:
    """A hairline across."""
    line = QFrame()
    line.setProperty("role", "rule")
    line.setFixedHeight(1)
    return line


def status_colours(colour: str) -> tuple[QColor, QColor]:
    """The ink and the tint of a status whose plan chose ``colour`` (#RRGGBB), readable in the running scheme."""
    return _status_colours(colour.upper(), _state.tokens is DARK or dark())


# --- scheme and size -------------------------------------------------------------------------------------------------


def install(
    app: QApplication, scheme: str = "system", zoom: float = 1.0, *, styled: bool = False, dressed: bool = True
) -> None:
    """Put the look on the program, and follow the system's light and dark from now on.

    An application that was made with ``-style`` is ``styled`` already, without all that Python loads for a style. One
    that is not to be ``dressed`` gets the stylesheet from :func:`dress`.
    """
    _state.dressed = dressed
    if not styled:
        app.setStyle(STYLE)
    _state.scheme, _state.zoom = scheme, zoom
    app.styleHints().colorSchemeChanged.connect(_apply)
    _apply()


def dress() -> None:
    """Put the stylesheet on, where it is not: once for a window that is made, instead of at each step of making it."""
    app = QApplication.instance()
    if not _state.dressed and isinstance(app, QApplication):
        _state.dressed = True
        app.setStyleSheet(sheet(_state.tokens, app.font().pointSizeF()))


def scheme() -> str:
    """The scheme that was chosen: "system", "light" or "dark"."""
    return _state.scheme


def choose_scheme(scheme: str) -> None:
    """Look light, dark, or like the system."""
    _state.scheme = scheme
    _apply()


def zoom() -> float:
    """The size of text as a multiple of the system's."""
    return _state.zoom


def choose_zoom(zoom: float) -> None:
    """Show text at another multiple of the system's size."""
    _state.zoom = zoom
    _apply()


def choose_font(base: QFont) -> None:
    """Take another font for the system's own, where there is no system that has one: in pictures drawn unseen."""
    _state.base = base
    QApplication.setFont(base)
    _apply()


def _apply(*_: object) -> None:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    base = _state.base = _state.base or QFont(app.font())  # the system's, as it was before the first enlargement
    _state.tokens = _running(base)
    if base.pointSizeF() * _state.zoom != app.font().pointSizeF():
        grown = QFont(base)
        grown.setPointSizeF(base.pointSizeF() * _state.zoom)
        app.setFont(grown)
    _state.step = 8 * max(1.0, QFontMetricsF(app.font()).height() / 16)
    app.setPalette(_palette(_state.tokens))
    if _state.dressed:
        app.setStyleSheet(sheet(_state.tokens, app.font().pointSizeF()))
    signals.changed.emit()


def _running(_base: QFont) -> Tokens:
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return _of_palette(QGuiApplication.palette())
    wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(_state.scheme)
    return DARK if (wanted or hints.colorScheme()) == Qt.ColorScheme.Dark else LIGHT


def _of_palette(system: QPalette) -> Tokens:
    """The system's own colours in the places of ours, for high contrast."""
    role = QPalette.ColorRole
    own = {
        "surface": role.Base,
        "raised": role.Base,
        "text": role.WindowText,
        "muted": role.WindowText,
        "border": role.WindowText,
        "control": role.WindowText,
        "accent": role.Link,
        "on_accent": role.Base,
        "selection": role.Highlight,
        "on_selection": role.HighlightedText,
        "focus": role.Highlight,
        "danger": role.WindowText,
        "warn": role.WindowText,
        "good": role.WindowText,
    }
    return Tokens(**{name: system.color(own.get(name, role.Window)) for name in names(Tokens)})


def _palette(look: Tokens) -> QPalette:
    role, made = QPalette.ColorRole, QPalette()
    for where, colour in {
        role.Window: look.window,
        role.WindowText: look.text,
        role.Base: look.surface,
        role.AlternateBase: look.sunken,
        role.Text: look.text,
        role.Button: look.raised,
        role.ButtonText: look.text,
        role.Highlight: look.selection,
        role.HighlightedText: look.on_selection,
        role.PlaceholderText: look.muted,
        role.ToolTipBase: look.raised,
        role.ToolTipText: look.text,
        role.Link: look.accent,
        role.LinkVisited: look.accent,
        role.BrightText: look.danger,
        role.Light: look.raised,
        role.Midlight: look.border,
        role.Mid: look.border,
        role.Dark: look.control,
        role.Shadow: look.control,
        role.Accent: look.accent,
    }.items():
        made.setColor(where, colour)
    for where in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, where, look.control)
    return made


def sheet(look: Tokens, points: float) -> str:
    """The one stylesheet, with a scheme's colours and the sizes of type for a body of so many points."""
    values = {name: getattr(look, name).name() for name in names(look)}
    values |= {f"{name}_size": f"{points * scale:.2f}pt" for name, scale in SCALES.items()}
    mark, dot = 2 * grid(0.875), grid(0.5)  # a radio button's ring has a border of 1, its dot one of ``dot``
    pixels = {"icon": grid(2), "tool_icon": grid(2.25), "arrow": grid(3.25), "mark": mark, "bar": grid(3.625)}
    pixels |= {"round": mark // 2 + 1, "dot": dot, "hole": mark + 2 - 2 * dot}
    values |= {name: f"{number}px" for name, number in pixels.items()}
    return SHEET % values


# --- contrast --------------------------------------------------------------------------------------------------------


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours, 1 to 21, as WCAG 2.2 reckons it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=256)
def _status_colours(colour: str, dark: bool) -> tuple[QColor, QColor]:
    if known := _STATUS.get(colour):
        light_tint, dark_ink, dark_tint = map(QColor, known)
        return (dark_ink, dark_tint) if dark else (QColor(colour), light_tint)
    chosen = QColor(colour)
    if not chosen.isValid():
        chosen = QColor(GREY)
    hue, colourful, lightness = max(0.0, chosen.hslHueF()), chosen.hslSaturationF(), chosen.lightnessF()
    tint = QColor.fromHslF(hue, min(colourful, 0.5), 0.16 if dark else 0.93)
    look = DARK if dark else LIGHT
    grounds = (look.surface, tint, look.selection)
    for step in range(101):
        moved = min(1.0, max(0.0, lightness + (step if dark else -step) / 100))
        ink = QColor.fromHslF(hue, colourful, moved)
        if min(contrast(ink, ground) for ground in grounds) >= READABLE:
            return ink, tint
    return look.text, tint
