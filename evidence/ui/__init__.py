"""What pages share on the screen. main.py is the frame around every page."""
