// Package recall finds the things of a list that were in the list of the last
// time, for whoever keeps what came of each. It knows nothing of what they are.
package recall

// Places says of each thing where in the last list it stood, or -1. Two lists
// mostly differ in a thing or two, so what stands before and behind those is
// only compared. No list holds a thing twice.
func Places[T comparable](last, now []T) []int {
	places := make([]int, len(now))
	shorter := min(len(last), len(now))
	begin := 0
	for begin < shorter && now[begin] == last[begin] {
		places[begin] = begin
		begin++
	}
	end := 0
	for end < shorter-begin && now[len(now)-1-end] == last[len(last)-1-end] {
		end++
		places[len(now)-end] = len(last) - end
	}
	between := make(map[T]int, len(last)-end-begin)
	for i := begin; i < len(last)-end; i++ {
		between[last[i]] = i
	}
	for i := begin; i < len(now)-end; i++ {
		place, known := between[now[i]]
		if !known {
			place = -1
		}
		places[i] = place
	}
	return places
}
