"""The same steps as the pages and the commands, for notebooks: each gives pandas DataFrames.

Its functions are had as `import evidence as wm`; the modules here are not to be imported by others.
"""
