package asset

// Icons names every lucide icon that the pages use; make assets puts exactly these in the sprite.
var Icons = []string{
	"arrow-left", "arrow-right", "briefcase", "building-2", "calendar", "check", "chevron-left", "chevron-right", "circle-help",
	"clock", "copy", "download", "eye", "file-text", "flag", "heart", "house", "inbox", "info", "key-round", "languages", "list",
	"lock", "log-out", "mail", "map-pin", "menu", "message-circle", "pencil", "phone", "plus", "printer", "rotate-ccw", "search",
	"send", "settings", "star", "trash-2", "undo-2", "upload", "user", "users", "x",
}
