"""Lets the generated Python client do what a workshop system does. Ends with 0 if it could."""

import sys

import ambacar

configuration = ambacar.Configuration(host=sys.argv[1])
# On this machine alone nobody is asked for a key.
configuration.access_token = None
with ambacar.ApiClient(configuration) as client:
    catalog = ambacar.CatalogApi(client).get_catalog()
    phases = [phase.slug for phase in catalog.phases]
    assert "phase-schedule" in phases, phases

    events = ambacar.EventsApi(client)
    # The generator knows one success of an operation only, and of a dispatch takes the dry run's.
    answer = events.dispatch_events(
        ambacar.BulkDispatchRequest(
            events=[
                ambacar.DispatchRequest(
                    event_type="appointment_scheduled",
                    service_type_id="mantenimiento-preventivo",
                    phase_id="phase-schedule",
                    customer_id="customer-001",
                    target="clients",
                    context={
                        "nombre": "Carlos Mendoza",
                        "placa": "ABC123",
                        "vehiculo": "Haval H6 2024",
                        "fecha": "20 de Enero, 2026",
                        "hora": "14:30",
                    },
                )
            ]
        )
    )
    assert answer.accepted == 1, answer
    receipt = answer.results[0].receipt
    event = events.get_event(receipt.event_id)
    assert event.customer_id == "customer-001", event
    assert event.notifications[0].recipient_name == "Carlos Mendoza", event

    try:
        events.get_event("0190ffff-0000-7000-8000-000000000000")
    except ambacar.ApiException as problem:
        assert problem.status == 404, problem
    else:
        raise AssertionError("an event that there is not was found")

print(f"The Python client read {len(phases)} phases and told of event {event.id}.")
