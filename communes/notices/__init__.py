"""The room of directives and notices: an office writes to its communes, sees who has read, and what was carried out."""
