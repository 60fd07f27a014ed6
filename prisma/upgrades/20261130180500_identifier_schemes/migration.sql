-- Country numbers of the United Nations (M49) and of Gleditsch and Ward.
ALTER TYPE "IdentifierScheme" ADD VALUE 'GLEDITSCH_WARD' AFTER 'COW';
ALTER TYPE "IdentifierScheme" ADD VALUE 'M49' AFTER 'GLEDITSCH_WARD';
