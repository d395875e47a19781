"""The ground: pure modules that know no app and no model."""
