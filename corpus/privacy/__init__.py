"""Personal data in running text: found, and replaced by pseudonyms."""
