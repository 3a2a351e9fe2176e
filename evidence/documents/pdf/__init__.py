"""Reading PDF files, in one process of its own: PDFium is not safe in threads, and may crash.

reader.py is what others use; it starts worker.py, which calls pdfium.py, and speaks with it in
messages.py. Nothing else may import PDFium.
"""
