package check

import "allclear/generator/diag"

// Rules lists every rule of this package.
func Rules() []*diag.Rule {
	return []*diag.Rule{
		ruleUnknownKey, ruleMissingKey, ruleWrongType, ruleUnknownValue, ruleTitleCut,
		ruleBadURL, ruleUnknownTimezone, ruleBadDate, ruleBadAPIID,
		ruleBadFreshness, ruleStaticMissing,
		ruleBadComponentID, ruleDuplicateID,
		ruleTimestampMalformed, ruleTimestampImpossible, ruleTimestampNoZone, ruleTimestampFuture,
		ruleNoStatus, ruleEndsFirst, ruleBadAlias,
		ruleUnknownComponent, ruleUnknownStatus, ruleUnknownSeverity, ruleDuplicateComponent, ruleClosedSetting,
		ruleTextWithoutStatus, ruleStatusWithoutTime, ruleStatusRepeated, ruleStatusTooEarly, ruleInterimFirst, ruleOutOfOrder, ruleNoText,
		ruleEndedOutside, ruleReopened, rulePostmortemFirst, ruleNeverCompletes, ruleResumed,
		ruleAnnouncementHeading, ruleUnknownEvent,
		ruleUnknownLanguage, ruleDuplicateLanguage,
		ruleTranslationOrphan, ruleTranslationFact, ruleTranslationExtra, ruleTranslationStale, ruleTranslationMissing,
	}
}
