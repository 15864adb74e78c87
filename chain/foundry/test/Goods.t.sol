// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {Goods} from "../../contracts/Goods.sol";
import {Birth, Terms} from "../../contracts/Terms.sol";
import {Kit} from "./Kit.sol";

contract GoodsTest is Kit {
    function test_TheIdIsTheHashOfTheTerms() public view {
        Terms memory terms = termsOf(3);
        eq(goods.idOf(terms), uint256(keccak256(abi.encode(terms))), "id");
        terms.cap += 1;
        yes(goods.idOf(terms) != shelf[3], "other cap, other good");
    }

    function testFuzz_EveryTermIsPartOfTheId(Terms memory terms, uint8 field) public view {
        uint256 id = goods.idOf(terms);
        eq(id, uint256(keccak256(abi.encode(terms))), "id");
        unchecked {
            if (field % 6 == 0) terms.maker = address(uint160(terms.maker) + 1);
            if (field % 6 == 1) terms.creator = address(uint160(terms.creator) + 1);
            if (field % 6 == 2) terms.manifest = bytes32(uint256(terms.manifest) + 1);
            if (field % 6 == 3) ++terms.cap;
            if (field % 6 == 4) ++terms.royaltyBps;
            if (field % 6 == 5) ++terms.flags;
        }
        yes(goods.idOf(terms) != id, "another term, another good");
    }

    function test_TheFirstUnitRegistersTheGood() public {
        Terms memory terms = termsOf(0);
        vm.expectEmit(address(goods));
        emit Goods.Registered(shelf[0], maker, creator, terms.manifest, 1000, 500, 0);
        stock(0, 2);
        (Goods.Record memory record, bytes32 manifest) = goods.recordOf(shelf[0]);
        eq(record.creator, creator, "creator");
        eq(record.cap, 1000, "cap");
        eq(record.minted, 2, "minted");
        eq(record.royaltyBps, 500, "royalty");
        eq(record.flags, 0, "flags");
        yes(manifest == terms.manifest, "manifest");
        eq(goods.minted(shelf[0]), 2, "minted()");
        eq(goods.balanceOf(owner, shelf[0]), 2, "balance");
    }

    function testFuzz_WhatIsKeptIsWhatWasGiven(Terms memory terms, uint32 quantity) public {
        vm.assume(terms.maker != address(0) && terms.creator != address(0) && terms.manifest != 0 && terms.cap != 0);
        terms.royaltyBps = uint16(within(terms.royaltyBps, 0, 1000));
        quantity = uint32(within(quantity, 1, terms.cap));
        vm.prank(terms.maker);
        uint256 id = goods.mint(terms, owner, quantity);
        (Goods.Record memory record, bytes32 manifest) = goods.recordOf(id);
        eq(record.creator, terms.creator, "creator");
        eq(record.cap, terms.cap, "cap");
        eq(record.minted, quantity, "minted");
        eq(record.royaltyBps, terms.royaltyBps, "royalty");
        eq(record.flags, terms.flags, "flags");
        yes(manifest == terms.manifest, "manifest");
        (address receiver, uint256 royalty) = goods.royaltyInfo(id, 1 ether);
        eq(receiver, terms.creator, "receiver");
        eq(royalty, 1 ether * uint256(terms.royaltyBps) / 10_000, "royaltyInfo");
    }

    function testFuzz_NoMoreUnitsThanTheCap(uint32 cap, uint256 first, uint256 second) public {
        Terms memory terms = termsOf(0);
        terms.cap = uint32(within(cap, 1, type(uint32).max));
        first = within(first, 1, terms.cap);
        vm.prank(maker);
        uint256 id = goods.mint(terms, owner, first);
        uint256 left = terms.cap - first;
        if (second == 0) {
            vm.expectRevert(abi.encodeWithSelector(Goods.ZeroQuantity.selector, id));
        } else if (second > left) {
            vm.expectRevert(abi.encodeWithSelector(Goods.CapReached.selector, id, terms.cap, first, second));
        }
        vm.prank(maker);
        goods.mint(terms, owner, second);
        yes(goods.minted(id) <= terms.cap, "cap");
        eq(goods.minted(id), goods.balanceOf(owner, id), "minted is owned");
    }

    function test_TheLastUnitIsBornAndNoneAfterIt() public {
        stock(0, 1000);
        Terms memory terms = termsOf(0);
        vm.expectRevert(abi.encodeWithSelector(Goods.CapReached.selector, shelf[0], 1000, 1000, 1));
        vm.prank(maker);
        goods.mint(terms, owner, 1);
    }

    function test_OnlyTheMakerMints() public {
        Terms memory terms = termsOf(0);
        vm.expectRevert(abi.encodeWithSelector(Goods.OnlyMaker.selector, maker, creator));
        vm.prank(creator);
        goods.mint(terms, creator, 1);
    }

    function test_ZeroUnitsAreRefused() public {
        Terms memory terms = termsOf(0);
        vm.expectRevert(abi.encodeWithSelector(Goods.ZeroQuantity.selector, shelf[0]));
        vm.prank(maker);
        goods.mint(terms, owner, 0);
    }

    function test_IncompleteTermsAreRefused() public {
        for (uint256 missing; missing < 4; ++missing) {
            Terms memory terms = termsOf(0);
            if (missing == 0) terms.maker = address(0);
            if (missing == 1) terms.creator = address(0);
            if (missing == 2) terms.manifest = 0;
            if (missing == 3) terms.cap = 0;
            uint256 id = goods.idOf(terms);
            vm.expectRevert(abi.encodeWithSelector(Goods.TermsIncomplete.selector, id));
            vm.prank(terms.maker);
            goods.mint(terms, owner, 1);
        }
    }

    function test_ARoyaltyOfTenPercentIsTheMost() public {
        Terms memory terms = termsOf(0);
        terms.royaltyBps = 1000;
        vm.prank(maker);
        goods.mint(terms, owner, 1);
        terms.royaltyBps = 1001;
        vm.expectRevert(abi.encodeWithSelector(Goods.RoyaltyTooHigh.selector, 1001, 1000));
        vm.prank(maker);
        goods.mint(terms, owner, 1);
    }

    function test_OnlyTheMarketMintsAndMovesWhatWasSold() public {
        stock(0, 1);
        Birth[] memory births = new Birth[](1);
        births[0] = Birth(1, termsOf(0));
        vm.expectRevert(abi.encodeWithSelector(Goods.OnlyMarket.selector, maker));
        vm.prank(maker);
        goods.mintSold(maker, births);
        vm.expectRevert(abi.encodeWithSelector(Goods.OnlyMarket.selector, maker));
        vm.prank(maker);
        goods.moveSold(owner, maker, shelf[0], 1);
        vm.prank(address(market));
        goods.mintSold(maker, births);
        vm.prank(address(market));
        goods.moveSold(owner, maker, shelf[0], 1);
        eq(goods.balanceOf(maker, shelf[0]), 2, "by the market");
    }

    function test_TheMarketMovesNoZeroAndNoMoreThanOwned() public {
        stock(0, 1);
        vm.expectRevert(abi.encodeWithSelector(Goods.ZeroQuantity.selector, shelf[0]));
        vm.prank(address(market));
        goods.moveSold(owner, maker, shelf[0], 0);
        vm.expectRevert(
            abi.encodeWithSelector(IERC1155Errors.ERC1155InsufficientBalance.selector, owner, 1, 2, shelf[0])
        );
        vm.prank(address(market));
        goods.moveSold(owner, maker, shelf[0], 2);
    }

    function test_StrangersNeedApprovalToMoveUnits() public {
        stock(0, 1);
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155MissingApprovalForAll.selector, maker, owner));
        vm.prank(maker);
        goods.safeTransferFrom(owner, maker, shelf[0], 1, "");
        vm.prank(owner);
        goods.setApprovalForAll(maker, true);
        vm.prank(maker);
        goods.safeTransferFrom(owner, maker, shelf[0], 1, "");
        eq(goods.balanceOf(maker, shelf[0]), 1, "moved");
    }

    function testFuzz_WhatIsBurntIsGoneAndMakesNoRoom(uint32 cap, uint256 born, uint256 burnt) public {
        Terms memory terms = termsOf(0);
        terms.cap = uint32(within(cap, 1, type(uint32).max));
        born = within(born, 1, terms.cap);
        burnt = within(burnt, 1, born);
        vm.prank(maker);
        uint256 id = goods.mint(terms, owner, born);
        vm.prank(owner);
        goods.burn(id, burnt);
        eq(goods.balanceOf(owner, id), born - burnt, "balance");
        eq(goods.minted(id), born, "births are counted for ever");
        vm.expectRevert(
            abi.encodeWithSelector(Goods.CapReached.selector, id, terms.cap, born, uint256(terms.cap) - born + 1)
        );
        vm.prank(maker);
        goods.mint(terms, owner, uint256(terms.cap) - born + 1);
    }

    function test_OnlyOnesOwnUnitsCanBeBurntAndNoneThatIsNotThere() public {
        stock(0, 3);
        vm.expectRevert(
            abi.encodeWithSelector(IERC1155Errors.ERC1155InsufficientBalance.selector, maker, 0, 1, shelf[0])
        );
        vm.prank(maker);
        goods.burn(shelf[0], 1);
        vm.expectRevert(
            abi.encodeWithSelector(IERC1155Errors.ERC1155InsufficientBalance.selector, owner, 3, 4, shelf[0])
        );
        vm.prank(owner);
        goods.burn(shelf[0], 4);
        vm.expectRevert(abi.encodeWithSelector(Goods.ZeroQuantity.selector, shelf[0]));
        vm.prank(owner);
        goods.burn(shelf[0], 0);
        vm.expectRevert(
            abi.encodeWithSelector(IERC1155Errors.ERC1155InsufficientBalance.selector, address(market), 0, 1, shelf[0])
        );
        vm.prank(address(market)); // even it ends nobody else's
        goods.burn(shelf[0], 1);
    }

    function test_ABatchIsBurntTogetherOrNotAtAll() public {
        stock(0, 3);
        stock(1, 2);
        uint256[] memory ids = new uint256[](2);
        uint256[] memory quantities = new uint256[](2);
        (ids[0], ids[1], quantities[0], quantities[1]) = (shelf[0], shelf[1], 1, 3);
        vm.expectRevert(
            abi.encodeWithSelector(IERC1155Errors.ERC1155InsufficientBalance.selector, owner, 2, 3, shelf[1])
        );
        vm.prank(owner);
        goods.burnBatch(ids, quantities);
        quantities[1] = 0;
        vm.expectRevert(abi.encodeWithSelector(Goods.ZeroQuantity.selector, shelf[1]));
        vm.prank(owner);
        goods.burnBatch(ids, quantities);
        eq(goods.balanceOf(owner, shelf[0]), 3, "nothing was burnt");
        quantities[1] = 2;
        vm.prank(owner);
        goods.burnBatch(ids, quantities);
        eq(goods.balanceOf(owner, shelf[0]), 2, "one less");
        eq(goods.balanceOf(owner, shelf[1]), 0, "none left");
        uint256[] memory one = new uint256[](1);
        one[0] = 1;
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidArrayLength.selector, 2, 1));
        vm.prank(owner);
        goods.burnBatch(ids, one);
    }

    function test_TheUriIsTheManifestsCid() public {
        Terms memory terms = termsOf(0);
        terms.manifest = sha256("");
        vm.prank(maker);
        uint256 id = goods.mint(terms, owner, 1);
        yes(
            keccak256(bytes(goods.uri(id)))
                == keccak256("ipfs://bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"),
            "uri"
        );
        terms.manifest = sha256("loquat");
        vm.prank(maker);
        id = goods.mint(terms, owner, 1);
        yes(
            keccak256(bytes(goods.uri(id)))
                == keccak256("ipfs://bafkreidl6el4fyzrvxbgi2ilvismoiwfct5pp7s2geb7kwgubcvvaavciy"),
            "uri"
        );
    }

    function test_AnUnbornGoodHasNoUriAndNoRoyalty() public {
        vm.expectRevert(abi.encodeWithSelector(Goods.Unregistered.selector, shelf[0]));
        goods.uri(shelf[0]);
        vm.expectRevert(abi.encodeWithSelector(Goods.Unregistered.selector, shelf[0]));
        goods.royaltyOf(shelf[0]);
        (address receiver, uint256 royalty) = goods.royaltyInfo(shelf[0], 1 ether);
        eq(receiver, address(0), "receiver");
        eq(royalty, 0, "royalty");
    }

    function test_InterfacesAreTold() public view {
        yes(goods.supportsInterface(0xd9b67a26), "ERC-1155");
        yes(goods.supportsInterface(0x2a55205a), "ERC-2981");
        yes(!goods.supportsInterface(0xffffffff), "none");
        yes(bytes(goods.contractURI()).length > 0, "ERC-7572");
    }
}
