"""What a run leaves behind: a table, JSON, JUnit XML, Markdown, HTML, and TREC files. One form a file."""
