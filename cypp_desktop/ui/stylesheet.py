"""The one stylesheet; :mod:`cypp_desktop.ui.theme` fills in its colours and sizes."""

SHEET = """
QMenuBar { background: %(window)s; padding: 2px 8px; }
QMenuBar::item { padding: 4px 10px; border-radius: 4px; }
QMenuBar::item:selected { background: %(selection)s; color: %(on_selection)s; }
QMenu { background: %(raised)s; border: 1px solid %(border)s; padding: 5px 0; }
QMenu::item { padding: 5px 28px 5px 28px; } QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: %(selection)s; color: %(on_selection)s; }
QMenu::item:disabled { color: %(control)s; }
QMenu::separator { background: %(border)s; height: 1px; margin: 5px 8px; }
QToolBar { background: %(window)s; border: 0; border-bottom: 1px solid %(border)s; padding: 4px 12px 6px 12px;
  spacing: 4px; }
QToolBar::separator { background: %(border)s; width: 1px; margin: 6px 6px; }
QToolButton { border: 2px solid transparent; border-radius: 4px; padding: 4px 6px; }
QToolButton:hover, QToolButton:checked { background: %(selection)s; color: %(on_selection)s; }
QToolButton:focus { border-color: %(focus)s; }
QToolButton::menu-indicator { image: none; }
QStatusBar { background: %(window)s; border-top: 1px solid %(border)s; min-height: %(bar)s; }
QStatusBar::item { border: 0; }
QSplitter::handle { background: %(border)s; }
QAbstractScrollArea { border: 0; }
QTreeView, QScrollArea, QScrollArea > QWidget > QWidget[role="pane"] { background: %(window)s; border: 0; }
QTreeView::item, QTreeView::item:selected, QTableView::item:selected { background: transparent; }
QTableView { background: %(surface)s; border: 0; }
QTableView[role="pane"] { background: %(window)s; }
QCalendarWidget QTableView::item:selected { background: %(selection)s; border: 2px solid %(control)s; }
QCalendarWidget QTableView::item:selected:focus { border-color: %(focus)s; }
QListView { background: %(surface)s; border: 0; }
QListWidget, QAbstractScrollArea[role="list"] { border: 2px solid transparent; border-radius: 4px; }
QListWidget:focus, QAbstractScrollArea[role="list"]:focus { border-color: %(focus)s; }
QHeaderView { background: %(sunken)s; }
QHeaderView::section { background: %(sunken)s; color: %(muted)s; border: 0; border-bottom: 1px solid %(border)s;
  padding: 8px 12px; font-weight: bold; }
QLineEdit, QComboBox, QSpinBox, QDateEdit { background: %(raised)s; border: 1px solid %(control)s; border-radius: 4px;
  padding: 5px 8px;
  selection-background-color: %(accent)s; selection-color: %(on_accent)s; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus { border: 2px solid %(focus)s; padding: 4px 7px; }
QLineEdit:disabled, QLineEdit:read-only, QComboBox:disabled { background: %(window)s; border-color: %(border)s;
  color: %(muted)s; }
QComboBox, QComboBox:focus { padding-right: %(arrow)s; combobox-popup: 0; }
QComboBox::drop-down { border: 0; width: 0; }
QComboBox QAbstractItemView { background: %(raised)s; border: 1px solid %(control)s; outline: 0; }
QComboBox QAbstractItemView::item { padding: 4px 8px; border: 0; }
QComboBox QAbstractItemView::item:selected { background: %(selection)s; color: %(on_selection)s; }
QCheckBox::indicator, QRadioButton::indicator { width: %(mark)s; height: %(mark)s; background: %(raised)s;
  border: 1px solid %(control)s; border-radius: 3px; }
QRadioButton::indicator { border-radius: %(round)s; }
QCheckBox::indicator:checked { background: %(accent)s; border-color: %(accent)s; }
QRadioButton::indicator:checked { border: %(dot)s solid %(accent)s; width: %(hole)s; height: %(hole)s; }
QCheckBox, QRadioButton { border: 2px solid transparent; border-radius: 4px; padding: 1px 3px; spacing: 7px; }
QCheckBox:focus, QRadioButton:focus { border-color: %(focus)s; }
QTextEdit, QPlainTextEdit { background: transparent; border: 0; selection-background-color: %(accent)s;
  selection-color: %(on_accent)s; }
QPushButton, QToolButton { icon-size: %(icon)s; } QToolBar, QToolBar QToolButton { icon-size: %(tool_icon)s; }
QPushButton { background: %(raised)s; border: 1px solid %(control)s; border-radius: 4px; padding: 5px 14px; }
QPushButton:hover { background: %(sunken)s; } QPushButton:pressed { background: %(selection)s; }
QPushButton:focus { border: 2px solid %(focus)s; padding: 4px 13px; outline: 0; }
QPushButton[kind="primary"] { background: %(accent)s; border-color: %(accent)s; color: %(on_accent)s;
  font-weight: bold; }
QPushButton[kind="primary"]:focus { border: 3px double %(on_accent)s; padding: 3px 12px; }
QPushButton[kind="quiet"], QPushButton[kind="danger"] { background: transparent; border-color: transparent;
  color: %(accent)s; font-weight: bold; }
QPushButton[kind="danger"] { color: %(danger)s; font-weight: normal; }
QPushButton[kind="quiet"]:hover, QPushButton[kind="danger"]:hover { background: %(selection)s; }
QPushButton[kind="quiet"]:focus, QPushButton[kind="danger"]:focus { border-color: %(focus)s; }
QPushButton[kind="status"] { padding: 5px 0; }
QPushButton[kind="status"]:checked { border: 2px solid %(accent)s; padding: 4px 0; }
QPushButton[kind="status"]:focus { border: 2px solid %(focus)s; padding: 4px 0; }
QPushButton:disabled { color: %(muted)s; border-color: %(border)s; background: %(window)s; }
QPushButton[kind="entry"] { background: transparent; border-color: transparent; padding: 5px 8px; text-align: left; }
QPushButton[kind="entry"]:hover { background: %(selection)s; }
QPushButton[kind="entry"]:focus { border: 2px solid %(focus)s; padding: 4px 7px; }
QPushButton[flush="true"] { padding: 5px 7px; } QPushButton[flush="true"]:focus { padding: 4px 6px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QFrame[role="card"] { background: %(surface)s; border: 1px solid %(border)s; border-radius: 6px; }
QPushButton[kind="card"] { background: %(surface)s; border: 1px solid %(border)s; border-radius: 6px; padding: 0; }
QPushButton[kind="primaryCard"] { background: %(accent)s; border: 1px solid %(accent)s; border-radius: 6px;
  padding: 0; }
QPushButton[kind="row"] { background: transparent; border: 2px solid transparent; border-radius: 6px; padding: 0; }
QPushButton[kind="card"]:hover, QPushButton[kind="row"]:hover { background: %(sunken)s; }
QPushButton[kind="card"]:focus, QPushButton[kind="row"]:focus { border: 2px solid %(focus)s; padding: 0; }
QPushButton[kind="primaryCard"]:focus { border: 3px double %(on_accent)s; padding: 0; }
QFrame[role="sunken"] { background: %(sunken)s; border: 1px solid %(border)s; border-radius: 6px; }
QFrame[role="warn"] { background: %(warn_tint)s; border: 1px solid %(warn)s; border-radius: 6px; }
QFrame[role="info"] { background: %(info_tint)s; border: 1px solid %(accent)s; border-radius: 6px; }
QFrame[role="danger"] { background: %(danger_tint)s; border: 1px solid %(danger)s; border-radius: 6px; }
QFrame[role="pill"] { background: %(sunken)s; border: 1px solid %(border)s; border-radius: 4px; }
QFrame[role="editor"] { background: %(raised)s; border: 1px solid %(control)s; border-radius: 4px; }
QFrame[role="editor"][focused="true"] { border: 2px solid %(focus)s; }
QFrame[role="editor"][reading="true"] { background: %(window)s; border-color: %(border)s; }
QFrame[role="row"] { border: 2px solid transparent; border-radius: 4px; }
QFrame[role="row"]:focus { border-color: %(focus)s; }
QFrame[role="rule"] { background: %(border)s; border: 0; }
QFrame[role="drawer"] { background: %(window)s; border: 1px solid %(control)s; border-top: 0; border-bottom: 0; }
QFrame[role="popup"] { background: %(raised)s; border: 1px solid %(control)s; border-radius: 6px; }
QLabel[tone="muted"] { color: %(muted)s; } QLabel[tone="accent"] { color: %(accent)s; }
QLabel[tone="on_accent"] { color: %(on_accent)s; }
QLabel[tone="danger"] { color: %(danger)s; }
QLabel[type="small"] { font-size: %(small_size)s; } QLabel[type="strong"] { font-weight: bold; }
QLabel[type="subheading"] { font-size: %(subheading_size)s; font-weight: bold; }
QLabel[type="lead"] { font-size: %(subheading_size)s; }
QLabel[type="heading"] { font-size: %(heading_size)s; font-weight: bold; }
QLabel[type="title"] { font-size: %(title_size)s; font-weight: bold; }
QToolTip { background: %(raised)s; color: %(text)s; border: 1px solid %(control)s; padding: 4px 6px; }
QTabBar::tab { background: transparent; border: 0; border-bottom: 2px solid transparent; color: %(muted)s;
  padding: 5px 2px; margin-right: 18px; }
QTabBar::tab:selected { border-bottom-color: %(accent)s; color: %(text)s; }
QTabBar::tab:hover { color: %(text)s; } QTabBar::tab:focus { border: 2px solid %(focus)s; border-radius: 4px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: %(control)s; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; } QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: %(border)s; border: 0; max-height: 4px; } QProgressBar::chunk { background: %(accent)s; }
"""
