module allclear

go 1.26
