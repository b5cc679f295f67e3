"""The shipped questionnaires, read once for all tests; nothing can change them."""

from portal.questionnaires.loader import load_library

LIBRARY = load_library()
