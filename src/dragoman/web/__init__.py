"""The record in a browser: pages and a JSON API over one record, drawn on the server, loading nothing from elsewhere."""
