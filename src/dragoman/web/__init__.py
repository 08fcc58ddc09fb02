"""The record in a browser: pages and a JSON API over one record, nothing loaded from elsewhere."""
