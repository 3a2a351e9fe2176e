"""The report: sentences, tables and sections in which each sentence knows its studies."""
