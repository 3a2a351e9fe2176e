"""The report: sentences, tables and sections in which each statement knows its studies."""
