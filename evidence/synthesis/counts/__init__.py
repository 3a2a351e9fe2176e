"""Studies counted by country, and other counts that pictures show."""
