"""The map's viewer: modules and styles for the browser, in the app and in exported files."""
