"""What can go wrong with the records, all of it told to a person in one line.

* RecordsError: the database cannot be used
  * NewerRecords: a newer version of the program made it
* BadRecord: what is to be kept is not what is allowed
"""

from index.errors import GutbrainError


class RecordsError(GutbrainError):
    """The database of records cannot be used."""


class NewerRecords(RecordsError):
    """The database was made by a newer version of this program."""


class BadRecord(GutbrainError):
    """What is to be kept has a value that is not allowed."""
