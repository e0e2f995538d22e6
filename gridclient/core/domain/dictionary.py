"""All kinds by name."""

from gridclient.core.domain.care import CareTag
from gridclient.core.domain.contact_cards import CardBatch, CardIssue, CardTemplate
from gridclient.core.domain.declaration import Kind
from gridclient.core.domain.desk import AuditEntry, ReviewItem, Settings
from gridclient.core.domain.geography import Building, Community, Compound, Dwelling, Grid
from gridclient.core.domain.incoming import Feedback, HotlineTicket
from gridclient.core.domain.matters import Matter, MatterBody, MatterStep
from gridclient.core.domain.outreach import Appointment, Campaign, Team, YardSession
from gridclient.core.domain.people import Household, Resident
from gridclient.core.domain.photos import Photo
from gridclient.core.domain.projects import Guide, Project
from gridclient.core.domain.referrals import Partner, Referral
from gridclient.core.domain.sameness import Redirect, SameAs
from gridclient.core.domain.staff import Assignment, Worker
from gridclient.core.domain.visits import Visit

KINDS: dict[str, type[Kind]] = {
    kind.kind: kind
    for kind in (
        Community,
        Grid,
        Worker,
        Assignment,
        Settings,
        CardTemplate,
        Compound,
        Building,
        Dwelling,
        Household,
        Resident,
        Matter,
        MatterStep,
        CardIssue,
        Visit,
        CardBatch,
        ReviewItem,
        AuditEntry,
        Team,
        Partner,
        Campaign,
        YardSession,
        Project,
        Guide,
        SameAs,
        CareTag,
        Referral,
        Appointment,
        Photo,
        Redirect,
        MatterBody,
        Feedback,
        HotlineTicket,
    )
}
