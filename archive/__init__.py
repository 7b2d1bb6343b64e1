"""The archive: the store of record. The only thing to back up."""

from archive.captures import Answer
from archive.coverage import Coverage
from archive.errors import ScrutinyError
from archive.saving import Findings, Listed, Saved, save_borough, save_page
from archive.settings import SETTINGS, Settings, data_folder, read_settings
from archive.store import Archive
from archive.withholding import bring_back, withhold

__all__ = [
    "SETTINGS",
    "Answer",
    "Archive",
    "Coverage",
    "Findings",
    "Listed",
    "Saved",
    "ScrutinyError",
    "Settings",
    "bring_back",
    "data_folder",
    "read_settings",
    "save_borough",
    "save_page",
    "withhold",
]
