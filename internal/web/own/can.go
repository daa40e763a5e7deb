package own

// act is something that a person can do on a page of its own: what it is called, in a line what it is, and what waits there.
type act struct{ Href, Text, Good, Waits string }

// can are those that there is something to do in, what waits for the person first.
func (p homePage) can() (list []act) {
	if p.Thinks > 0 {
		list = append(list, act{evaluationPath, p.L.T("evaluation.title"), p.L.T("evaluation.home"), p.L.T("evaluation.waits", p.Thinks)})
	}
	if p.Planned() {
		list = append(list, act{wishes, p.L.T("mine.wish.see"), "", ""})
	}
	if len(p.Proposed) > 0 {
		list = append(list, act{proposing, p.L.T("proposal.home.see"), p.L.T("proposal.home." + string(p.Proposed[0].State)), ""})
	} else if p.Planned() {
		list = append(list, act{proposing, p.L.T("proposal.home.see"), p.L.T("proposal.home"), ""})
	}
	list = append(list, act{jobPath, p.L.T("course.title"), p.L.T("course.own.home"), ""}, act{opinions, p.L.T("public.opinion.title"), p.L.T("opinion.own.home"), ""},
		act{showing, p.L.T("trusted.title"), p.L.T("trusted.home"), ""}, act{storyPath, p.L.T("story.title"), p.L.T("story.home"), ""})
	if p.Thinks == 0 && p.Planned() {
		list = append(list, act{evaluationPath, p.L.T("evaluation.title"), p.L.T("evaluation.home"), ""})
	}
	return append(list, act{notes, p.L.T("contact.own.title"), p.L.T("contact.own.home"), ""}, act{said, p.L.T("comment.list.title"), p.L.T("comment.list.home"), ""}, act{documents, p.L.T("document.own.see"), "", ""}, act{whole, p.L.T("extract.title"), p.L.T("extract.see"), ""})
}
