"""Meta-analysis: effects of studies pooled, how far they differ, and what each study does to it."""
