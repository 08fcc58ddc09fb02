"""From the findings of all documents to one record: who is who, which meeting is which. Pure; the store calls it."""
