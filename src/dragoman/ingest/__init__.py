"""Documents in: from paths to texts. Knows nothing of what is in them."""

from dragoman.ingest.documents import LIMIT, BadDocument, RawDocument, document_id, load, name_of
from dragoman.ingest.find import Found, Refusal, find

__all__ = ["LIMIT", "BadDocument", "Found", "RawDocument", "Refusal", "document_id", "find", "load", "name_of"]
