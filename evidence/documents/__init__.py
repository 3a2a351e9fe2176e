"""Documents: pages, words and boxes of PDF files, search over them, and quotations.

What reads PDF files stands apart, in pdf/: it runs in a process of its own. The rest is pure.
"""
