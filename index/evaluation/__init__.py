"""How good the search is: test collections, measures, runs and reports."""
