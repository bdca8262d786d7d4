"""The doors: command line, HTTP and the page."""
