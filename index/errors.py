"""What can go wrong in the index, as one tree.

* GutbrainError: every error that is told to a person in one line
  * SourceError: a source that cannot be read or is not an article
    * EmptySource, UnreadableSource, NotAnArticle, SourceTooLarge, DuplicateSource
  * HomeError: the home cannot be used
    * EmptyLibrary, ModelMismatch, NewerSchema, HomeUnwritable, HomeBusy, CorruptHome,
      ServerUnreachable, HomeExists, CorruptBackup
  * ModelError: an embedding model that is missing or not the one that it should be
  * SettingsError: a setting with a value that is not allowed

Every message says what was given, what is allowed and what to do next.
"""


class GutbrainError(Exception):
    """An error that a person can act on; its text is one line."""


class SourceError(GutbrainError):
    """A source that cannot be taken into the library."""


class EmptySource(SourceError):
    """The source holds nothing."""


class UnreadableSource(SourceError):
    """The source cannot be opened, fetched or decoded."""


class NotAnArticle(SourceError):
    """The source can be read but holds no article text."""


class SourceTooLarge(SourceError):
    """The source is larger than the limit."""


class DuplicateSource(SourceError):
    """The source holds the same text as another one of this build."""


class HomeError(GutbrainError):
    """The home cannot be used as it is."""


class EmptyLibrary(HomeError):
    """The home holds no articles yet."""


class ModelMismatch(HomeError):
    """The index was made with another embedding model."""


class NewerSchema(HomeError):
    """The index was made by a newer version of the program."""


class HomeUnwritable(HomeError):
    """The home cannot be written to."""


class HomeBusy(HomeError):
    """Another process is changing the home."""


class CorruptHome(HomeError):
    """The home's files cannot be read."""


class ServerUnreachable(HomeError):
    """The server that holds the index does not answer."""


class HomeExists(HomeError):
    """The home holds something that is not to be overwritten."""


class CorruptBackup(HomeError):
    """The file is no backup of a home, or a damaged one."""


class ModelError(GutbrainError):
    """An embedding model that is missing or not the one that it should be."""


class SettingsError(GutbrainError):
    """A setting with a value that is not allowed."""
