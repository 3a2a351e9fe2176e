"""From quotations and notes to codes and themes: what people do with them."""
