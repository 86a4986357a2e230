"""What the office has settled: settings, the rules of measures, deadlines."""
