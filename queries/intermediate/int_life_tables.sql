-- purpose: Life tables of cohorts: of those still at risk, how many reach a stage or settle first, day by day.
-- grain:   cohort_no, target, days
-- reads:   int_cohort_times
-- params:  none
-- columns:
--   cohort_no  bigint   number of region, day, cohort and entry, as in int_cohort_members
--   target     varchar  loyal, related, dual (that rung or a higher one), settled
--   days       integer  since the first visit
--   is_marked  boolean  whether the curve has a point there
--   at_risk    bigint   neither reached it nor settled before that day, and still watched on it
--   reached    bigint   up to and on that day
--   competed   bigint   settled first, up to and on that day
--   survival   double   neither reached nor settled after that day (Kaplan-Meier)
--   incidence  double   reached by that day (Aalen-Johansen; with nobody settling first 1 - survival)
--   variance   double   of the incidence (delta method; with nobody settling first Greenwood's)

-- Kaplan and Meier 1958; Aalen and Johansen 1978; variance: Marubini and Valsecchi 1995, p. 341, which allows ties.
-- Its double sums over pairs of days are taken apart into running sums, so that one pass will do.

with

counted as (

    select
        cohort_no,
        days,
        is_marked,
        reached_loyal,
        reached_related,
        reached_dual,
        reached_settled,
        competed_loyal,
        competed_related,
        competed_dual,
        sum(reached_loyal + competed_loyal + watched - left_loyal) over down_to_now as at_risk_loyal,
        sum(reached_related + competed_related + watched - left_related) over down_to_now as at_risk_related,
        sum(reached_dual + competed_dual + watched - left_dual) over down_to_now as at_risk_dual,
        sum(reached_settled + watched - left_settled) over down_to_now as at_risk_settled
    from int_cohort_times
    window down_to_now as (
        partition by cohort_no
        order by days desc
        rows between unbounded preceding and current row
    )

),

aimed as (

    select
        counted.cohort_no,
        targets.target,
        counted.days,
        counted.is_marked,
        case targets.target
            when 'loyal' then counted.reached_loyal
            when 'related' then counted.reached_related
            when 'dual' then counted.reached_dual
            else counted.reached_settled
        end as reached,
        case targets.target
            when 'loyal' then counted.competed_loyal
            when 'related' then counted.competed_related
            when 'dual' then counted.competed_dual
            else 0
        end as competed,
        case targets.target
            when 'loyal' then counted.at_risk_loyal
            when 'related' then counted.at_risk_related
            when 'dual' then counted.at_risk_dual
            else counted.at_risk_settled
        end as at_risk
    from counted
    cross join (values ('loyal'), ('related'), ('dual'), ('settled')) as targets (target)

),

-- Only days on which something happens, or the curve has a point, go on.
steps as (

    select
        cohort_no,
        target,
        days,
        is_marked,
        at_risk,
        reached,
        competed,
        reached + competed > 0 and reached + competed = at_risk as is_last,
        case when at_risk > 0 then reached / cast(at_risk as double) else 0 end as hazard,
        case
            when reached + competed > 0 and reached + competed < at_risk
                then ln(1 - (reached + competed) / cast(at_risk as double))
            else 0
        end as log_step,
        case
            when reached + competed > 0 and reached + competed < at_risk
                then (reached + competed) / (cast(at_risk as double) * (at_risk - reached - competed))
            else 0
        end as weight
    from aimed
    where reached + competed > 0 or is_marked

),

survived as (

    select
        cohort_no,
        target,
        days,
        is_marked,
        at_risk,
        reached,
        competed,
        hazard,
        weight,
        exp(sum(log_step) over until_now - log_step) as survival_before,
        case when bool_or(is_last) over until_now then 0 else exp(sum(log_step) over until_now) end as survival
    from steps
    window until_now as (
        partition by cohort_no, target
        order by days
        rows between unbounded preceding and current row
    )

),

risen as (

    select
        cohort_no,
        target,
        days,
        is_marked,
        at_risk,
        reached,
        competed,
        hazard,
        weight,
        survival_before,
        survival,
        sum(survival_before * hazard) over until_now as incidence
    from survived
    window until_now as (
        partition by cohort_no, target
        order by days
        rows between unbounded preceding and current row
    )

),

summed as (

    select
        cohort_no,
        target,
        days,
        is_marked,
        at_risk,
        sum(reached) over until_now as reached_until,
        sum(competed) over until_now as competed_until,
        survival,
        incidence,
        sum(weight) over until_now as weights,
        sum(weight * incidence) over until_now as weighted,
        sum(weight * incidence * incidence) over until_now as weighted_squares,
        sum(
            case when at_risk > 0 then survival_before * survival_before * hazard * (1 - hazard) / at_risk else 0 end
        ) over until_now as own,
        sum(case when at_risk > 0 then survival_before * hazard / at_risk else 0 end) over until_now as shared,
        sum(case when at_risk > 0 then survival_before * hazard * incidence / at_risk else 0 end)
            over until_now as shared_weighted
    from risen
    window until_now as (
        partition by cohort_no, target
        order by days
        rows between unbounded preceding and current row
    )

)

select
    cohort_no,
    target,
    days,
    is_marked,
    cast(at_risk as bigint) as at_risk,
    cast(reached_until as bigint) as reached,
    cast(competed_until as bigint) as competed,
    survival,
    incidence,
    greatest(
        incidence * incidence * weights - 2 * incidence * weighted + weighted_squares + own
        - 2 * (incidence * shared - shared_weighted),
        0
    ) as variance
from summed
