"""作战图: charts for the wall, time across and projects or nodes down, laid out as data before anything is drawn."""
