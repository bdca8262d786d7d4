"""Put the overview of a brief together: out of the sources' own words, or by an operator's model."""
