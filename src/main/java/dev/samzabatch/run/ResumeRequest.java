package dev.samzabatch.run;

import java.util.List;
import java.util.Map;

/**
 * What a person says about a run that is to be resumed.
 *
 * @param sets {@code path=value}, laid over what was asked for when the run began: sizes that do not change the plan
 * @param anyway whether to go on with what has changed where that can still be right
 * @param environment today's variables
 */
public record ResumeRequest(List<String> sets, boolean anyway, Map<String, String> environment) {}
