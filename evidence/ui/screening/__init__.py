"""On the screen: screening, conflicts, full texts, decisions."""
