"""The only place that speaks SQL: connection, schema, journal, cache, and one file for each subject."""
