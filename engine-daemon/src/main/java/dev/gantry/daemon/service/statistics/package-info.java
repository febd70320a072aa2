/**
 * What containers use of the host, sampled while somebody wants to know. Entry class: {@link
 * dev.gantry.daemon.service.statistics.StatisticsService}. Must not depend on Docker's wire types.
 */
@NullMarked
package dev.gantry.daemon.service.statistics;

import org.jspecify.annotations.NullMarked;
