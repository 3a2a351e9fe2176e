"""How far people agree who coded the same studies: what is compared, figures, and what differs."""
