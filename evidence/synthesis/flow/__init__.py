"""How records, reports and studies flow through a review, as reports of reviews show it."""
